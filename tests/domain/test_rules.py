"""What a title may be, what may be removed, who may edit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stages.domain import access, removal, title
from stages.domain.access import Barrier, GroupType, Role
from stages.domain.removal import Obstacle
from stages.domain.stage import SystemType
from tests.domain.boards import board


@pytest.mark.parametrize(
    "text", ["R&D #1 100%", "看板 🚀", "👩‍💻 é", "<b>", "x" * 255, "é" * 255, "🚀" * 255]
)
def test_a_title_is_kept_as_it_is(text: str) -> None:
    assert title.parse(f"  {text}\t") == text


@pytest.mark.parametrize(
    "text",
    ["", "   ", "x" * 256, "a\nb", "a\x00b", "a\x7fb", "\ud800", "a\u2028b", "\u200b", "\u202eab"],
)
def test_a_title_that_cannot_be_one_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        title.parse(text)


def test_the_first_stage_stays_whatever_else_is_true_of_it() -> None:
    assert removal.obstacle(board("New", "Doing"), 101, 5) is Obstacle.FIRST


def test_a_stage_with_a_system_type_stays() -> None:
    one = board("New", "Doing")
    one = replace(one, stages=(one.stages[0], replace(one.stages[1], system_type=SystemType.WORK)))
    assert removal.obstacle(one, 102, 0) is Obstacle.SYSTEM


@pytest.mark.parametrize(("count", "found"), [(3, Obstacle.HAS_TASKS), (0, None), (None, None)])
def test_a_stage_with_tasks_stays(count: int | None, found: Obstacle | None) -> None:
    assert removal.obstacle(board("New", "Doing"), 102, count) is found


@pytest.mark.parametrize(
    ("role", "group_type", "found"),
    [
        (Role.OWNER, None, None),
        (Role.MODERATOR, GroupType.PROJECT, None),
        (Role.MEMBER, GroupType.GROUP, Barrier.ONLY_MEMBER),
        (None, None, Barrier.NOT_MEMBER),
        (Role.OWNER, GroupType.SCRUM, Barrier.SCRUM),
        (Role.OWNER, GroupType.COLLAB, Barrier.COLLAB),
    ],
)
def test_owner_and_moderators_edit_boards_that_show_their_stages(
    role: Role | None, group_type: GroupType | None, found: Barrier | None
) -> None:
    assert access.barrier(role, group_type) is found
