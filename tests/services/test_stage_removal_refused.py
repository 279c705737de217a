"""Deletions that are refused before anything moves, and whose rights they take."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from stages.domain.board import BoardRef
from stages.domain.task_moves import Removal, Return
from stages.services import stage_removal, task_returns
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from stages.services.stage_deletion import Removed
from tests import portal
from tests.conftest import Connect
from tests.services.removals import (
    BACKLOG,
    CROWDED,
    REF,
)


@pytest.mark.parametrize("target", [CROWDED, 9999, 299, 7])
def test_a_target_that_is_none_sends_nothing(
    sandbox: Sandbox, lead: Connection, target: int
) -> None:
    with pytest.raises(Refusal) as refused:
        stage_removal.remove(connection=lead, ref=REF, run=Removal(CROWDED, target))
    assert refused.value.status == 400
    assert refused.value.board is not None
    assert portal.writes(sandbox) == []


def test_a_stage_with_tasks_is_not_deleted_without_saying_where_they_go(
    sandbox: Sandbox, lead: Connection
) -> None:
    with pytest.raises(Refusal) as refused:
        stage_removal.remove(connection=lead, ref=REF, run=Removal(CROWDED))
    assert refused.value.code == "NO_EMPTY"
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize(
    ("ref", "stage_id", "code"),
    [
        (REF, BACKLOG, "CANT_DELETE_FIRST"),
        (BoardRef(portal.SUPPORT), None, "IS_SYSTEM"),
        (REF, 299, "NOT_FOUND"),
    ],
)
def test_a_stage_that_cannot_go_is_not_even_emptied(
    sandbox: Sandbox, lead: Connection, ref: BoardRef, stage_id: int | None, code: str
) -> None:
    stage_id = stage_id or portal.ids(sandbox, str(ref))[1]
    target = portal.ids(sandbox, str(ref))[-1]
    with pytest.raises(Refusal) as refused:
        stage_removal.remove(connection=lead, ref=ref, run=Removal(stage_id, target))
    assert refused.value.code == code
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize("name", ["member", "admin"])
def test_who_may_not_edit_moves_nothing(sandbox: Sandbox, connect: Connect, name: str) -> None:
    ref = BoardRef(portal.ROADMAP)
    first, second = portal.ids(sandbox, str(ref))[:2]
    for act in (
        lambda: stage_removal.remove(connection=connect(name), ref=ref, run=Removal(second, first)),
        lambda: task_returns.bring_back(
            connection=connect(name), ref=ref, run=Return(second, first, (1, 2), total=2)
        ),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert (refused.value.status, refused.value.code) == (403, "ACCESS_DENIED")
    assert portal.writes(sandbox) == []


def test_who_may_not_move_tasks_is_told_before_any_moves(
    sandbox: Sandbox, connect: Connect
) -> None:
    # An administrator of the portal may delete stages of a group whose tasks they may not sort.
    ref = BoardRef(34)
    stage = portal.ids(sandbox, str(ref))[1]
    task = next(task for task in sandbox.portal.tasks.values() if task.group_id == 34)
    task.stage_id = stage
    with pytest.raises(Refusal) as refused:
        stage_removal.remove(
            connection=connect("admin"),
            ref=ref,
            run=Removal(stage, portal.ids(sandbox, str(ref))[0]),
            as_admin=True,
        )
    assert refused.value.message.startswith("You may not move the tasks of this group")
    assert portal.writes(sandbox) == []


def test_an_administrator_deletes_an_empty_stage_as_one(sandbox: Sandbox, connect: Connect) -> None:
    ref = BoardRef(34)
    stage = portal.ids(sandbox, str(ref))[-1]
    for task in sandbox.portal.tasks.values():
        task.stage_id = 0 if task.stage_id == stage else task.stage_id
    removed = stage_removal.remove(
        connection=connect("admin"), ref=ref, run=Removal(stage), as_admin=True
    )
    assert isinstance(removed, Removed)
    assert stage not in portal.ids(sandbox, str(ref))
    assert portal.writes(sandbox)[0][1]["isAdmin"]
