from __future__ import annotations

import pytest

from stages.domain.board import MY_PLANNER, BoardKind, BoardRef
from stages.domain.color import FALLBACK
from stages.domain.stage import Stage, SystemType
from tests.domain.boards import board


def test_a_board_is_named_by_its_group() -> None:
    ref = BoardRef.parse("group-12")
    assert (ref.kind, ref.entity_id, str(ref)) == (BoardKind.GROUP, 12, "group-12")


def test_my_planner_has_a_name_of_its_own() -> None:
    ref = BoardRef.parse("my-planner")
    assert (ref, ref.kind, str(ref)) == (MY_PLANNER, BoardKind.MY_PLANNER, "my-planner")


@pytest.mark.parametrize(
    "text", ["", "group-", "group-0", "group-01", "group--1", "group-1e3", "group-١", "planner"]
)
def test_anything_else_names_no_board(text: str) -> None:
    with pytest.raises(ValueError, match="names no board"):
        BoardRef.parse(text)


def test_the_anchor_of_a_stage_is_the_one_before_it() -> None:
    one = board("New", "Doing", "Done")
    assert [one.anchor_of(stage_id) for stage_id in one.order] == [0, 101, 102]


def test_a_board_knows_its_stages_only() -> None:
    one = board("New", "Doing")
    assert 102 in one
    assert 7 not in one
    with pytest.raises(KeyError):
        one[7]


@pytest.mark.parametrize(
    ("title", "system_type", "name"),
    [
        ("QA", SystemType.WORK, "QA"),
        ("", SystemType.NEW, "New"),
        ("", SystemType.FINISH, "Finished"),
        ("", None, "Untitled"),
    ],
)
def test_a_stage_without_a_title_has_the_name_the_portal_shows(
    title: str, system_type: SystemType | None, name: str
) -> None:
    assert Stage(1, title, FALLBACK, 100, system_type).name == name
