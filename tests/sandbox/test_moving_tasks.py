"""task.stages.canmovetask and movetask."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire


@pytest.mark.parametrize(
    ("entity", "allowed"),
    [
        ("entityId=10&entityType=G", True),
        ("entityId=34&entityType=G", False),
        ("entityId=777&entityType=G", False),
        ("entityId=2&entityType=U", True),
        ("entityId=3&entityType=U", False),
        ("entityId=2&entityType=anything", True),
    ],
)
def test_can_move_task_never_errs_for_a_missing_right(
    lena: Wire, entity: str, allowed: bool
) -> None:
    assert lena.get("task.stages.canmovetask", entity).result is allowed


def test_a_task_moves_within_its_group(portal: Sandbox, lena: Wire) -> None:
    assert lena.post("task.stages.moveTask", id=1, stageId=3).result is True
    assert portal.portal.tasks[1].stage_id == 3


def test_refusals_come_in_the_documented_order(portal: Sandbox, lena: Wire) -> None:
    hidden = next(t.id for t in portal.portal.tasks.values() if 2 in t.hidden_from)
    elsewhere = portal.portal.board("group-34")[0].id
    other_group = portal.portal.board("group-18")[0].id
    for task_id, stage_id, code in (
        (99999, 99999, "NOT_FOUND"),
        (99999, elsewhere, "TASK_NOT_FOUND"),
        (hidden, elsewhere, "TASK_NOT_FOUND"),
        (1, elsewhere, "ACCESS_DENIED_MOVE"),
        (1, other_group, "DIFFERENT_STAGES"),
    ):
        answer = lena.post("task.stages.movetask", id=task_id, stageId=stage_id)
        assert answer.error == (400, code)


def test_sorting_happens_even_when_an_error_is_reported(portal: Sandbox, lena: Wire) -> None:
    other_group = portal.portal.board("group-18")[0].id
    answer = lena.post("task.stages.movetask", id=9, stageId=other_group, before=2)
    assert answer.status == 400
    assert portal.portal.tasks[9].sorting == portal.portal.tasks[2].sorting - 1


def test_a_planner_move_without_a_row_is_true_and_moves_nothing(
    portal: Sandbox, lena: Wire
) -> None:
    stage = portal.portal.board("planner-2")[1]
    assert lena.post("task.stages.movetask", id=1, stageId=stage.id).result is True
    assert portal.portal.tasks[1].planner == {}


def test_a_planner_move_moves_a_task_that_has_a_row(portal: Sandbox, lena: Wire) -> None:
    task = next(t for t in portal.portal.tasks.values() if 2 in t.planner)
    stage = portal.portal.board("planner-2")[-1]
    assert lena.post("task.stages.movetask", id=task.id, stageId=stage.id).result is True
    assert task.planner[2] == stage.id
    assert lena.get("task.stages.delete", f"id={stage.id}").error == (400, "NO_EMPTY")


def test_a_scrum_task_in_the_backlog_answers_false(portal: Sandbox, lena: Wire) -> None:
    task = next(t for t in portal.portal.tasks.values() if t.group_id == 22)
    stage = portal.portal.board("group-22")[1]
    assert lena.post("task.stages.movetask", id=task.id, stageId=stage.id).result is False
