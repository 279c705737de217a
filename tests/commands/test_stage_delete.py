"""`manage.py stage_delete`, portion by portion."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from tests import portal
from tests.commands.calling import Call
from tests.services import removals
from tests.services.removals import BACKLOG, BOARD, CROWDED, DELETE, MOVE, REVIEW


@pytest.mark.parametrize(("stage", "target"), [("2", "3"), ("in progress", "Review")])
def test_all_tasks_move_before_the_stage_goes(
    call: Call, sandbox: Sandbox, stage: str, target: str
) -> None:
    removals.everything_visible(sandbox)
    held = removals.tasks_in(sandbox, CROWDED)
    done = call("stage_delete", BOARD, stage, "--move-tasks-to", target)
    assert done.out == "In progress was deleted; its 120 tasks are now in Review.\n"
    assert CROWDED not in portal.ids(sandbox, BOARD)
    assert held <= removals.tasks_in(sandbox, REVIEW)


def test_it_takes_the_requests_it_is_promised_to_take(call: Call, sandbox: Sandbox) -> None:
    removals.everything_visible(sandbox)
    call("stage_delete", BOARD, "2", "--move-tasks-to", "3")
    assert len(sandbox.requests) == 3 + 12 + 2


def test_json_says_what_went_where(call: Call, sandbox: Sandbox) -> None:
    removals.few_tasks(sandbox, 12)
    row = call("stage_delete", BOARD, "2", "--move-tasks-to", "1", "--json").json
    assert (row["id"], row["move_tasks_to"], row["moved_tasks"]) == (CROWDED, BACKLOG, 12)


def test_an_empty_stage_needs_no_other(call: Call, sandbox: Sandbox) -> None:
    removals.few_tasks(sandbox, 0)
    assert call("stage_delete", BOARD, "2").out == "In progress was deleted.\n"
    assert portal.writes(sandbox) == [(DELETE, {"id": "2"})]


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("2",), "In progress holds tasks. Say where they go: --move-tasks-to STAGE."),
        (("2", "--move-tasks-to", "2"), "cannot go to the stage that is to be deleted"),
        (("2", "--move-tasks-to", "77"), "no such stage for the tasks"),
        (("2", "--move-tasks-to", "Nowhere"), "no stage called “Nowhere”"),
        (("1", "--move-tasks-to", "3"), "first"),
        (("77",), "has no stage 77"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is(
    call: Call, sandbox: Sandbox, arguments: tuple[str, ...], told: str, dry_run: tuple[str, ...]
) -> None:
    refused = call("stage_delete", BOARD, *arguments, *dry_run)
    assert (refused.out, refused.code) == ("", 1)
    assert told in refused.error
    assert "\n" not in refused.error
    assert portal.writes(sandbox) == []


def test_a_dry_run_lists_every_task_that_would_move(call: Call, sandbox: Sandbox) -> None:
    removals.everything_visible(sandbox)
    lines = call("stage_delete", BOARD, "2", "--move-tasks-to", "3", "--dry-run").lines
    held = sorted(removals.tasks_in(sandbox, CROWDED))
    assert lines == [
        *(f"task.stages.movetask id={task_id} stageId=3" for task_id in held),
        "task.stages.delete id=2",
    ]
    assert portal.writes(sandbox) == []


def test_a_deletion_that_stops_halfway_says_where_it_stands_and_goes_on(
    call: Call, sandbox: Sandbox
) -> None:
    removals.few_tasks(sandbox, 60)
    sandbox.faults.arm(
        "refused_by_code", method=MOVE, code="ACCESS_DENIED_MOVE", status=400, after=20
    )
    stopped = call("stage_delete", BOARD, "2", "--move-tasks-to", "1")
    arrived = len(removals.tasks_in(sandbox, BACKLOG) & set(range(1, 61)))
    assert 0 < arrived < 60
    assert (stopped.out, stopped.code) == ("", 1)
    assert f"{arrived} of 60 tasks are in Backlog now. In progress is still there." in stopped.error
    assert stopped.error.endswith(" The same command again goes on.")
    assert "\n" not in stopped.error

    sandbox.faults.clear()
    assert call("stage_delete", BOARD, "2", "--move-tasks-to", "1").code == 0
    assert CROWDED not in portal.ids(sandbox, BOARD)
    assert set(range(1, 61)) <= removals.tasks_in(sandbox, BACKLOG)


def test_a_stage_with_tasks_that_are_hidden_stays(call: Call, sandbox: Sandbox) -> None:
    stopped = call("stage_delete", BOARD, "2", "--move-tasks-to", "1")
    assert stopped.code == 1
    assert "hidden from you" in stopped.error
    assert CROWDED in portal.ids(sandbox, BOARD)
