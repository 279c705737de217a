"""Deleting a stage with tasks: all of them moved, or the truth about where they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from sandbox.server import Sandbox
from stages.bitrix24 import ratelimit
from stages.domain.board import MY_PLANNER
from stages.domain.task_moves import Removal, Return
from stages.services import removal_question, stage_removal, task_moves
from stages.services.changes import undoing
from stages.services.changes.undoing import Undone
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from stages.services.stage_deletion import Removed
from stages.services.task_moves import Progress
from tests import portal
from tests.services import removals
from tests.services.removals import (
    BACKLOG,
    BOARD,
    CROWDED,
    DELETE,
    MOVE,
    REF,
    REVIEW,
    TO_BACKLOG,
    Meet,
    back,
    everything_visible,
    run_through,
    stopped,
    tasks_in,
)


def test_the_question_counts_open_and_completed_and_proposes_the_stage_before(
    sandbox: Sandbox, lead: Connection
) -> None:
    question = removal_question.ask(connection=lead, ref=REF, stage_id=CROWDED)
    assert (question.open, question.completed, question.tasks) == (95, 20, 115)
    assert question.proposed == BACKLOG
    assert [stage.id for stage in question.targets] == [1, 3, 4, 5]
    assert question.takes == ""
    assert len(sandbox.requests) == 1


def test_the_question_tells_how_long_many_tasks_take(lead: Connection) -> None:
    question = removal_question.ask(connection=lead, ref=REF, stage_id=CROWDED)
    assert replace(question, open=500).takes == "about 30 seconds"
    assert replace(question, open=5000).takes == "about 5 minutes"
    assert ratelimit.STANDARD.per_second == 2


def test_a_hundred_and_twenty_tasks_move_before_their_stage_goes(
    sandbox: Sandbox, lead: Connection
) -> None:
    everything_visible(sandbox)
    others = tasks_in(sandbox, BACKLOG)
    removed = run_through(lead, TO_BACKLOG)
    assert CROWDED not in portal.ids(sandbox, BOARD)
    assert tasks_in(sandbox, BACKLOG) == others | set(range(1, 121))
    assert removed.sentence == "In progress was deleted; its 120 tasks are now in Backlog."
    assert portal.as_read(removed.outcome.details.board) == portal.as_stored(sandbox, BOARD)
    methods = Counter(method for method, _ in portal.writes(sandbox))
    assert methods == {MOVE: 120, DELETE: 1}, "completed ones move, too, and each once"


def test_a_run_takes_a_page_per_fifty_and_a_request_per_ten_then_two(
    sandbox: Sandbox, lead: Connection
) -> None:
    everything_visible(sandbox)
    run: Removal | Return = TO_BACKLOG
    requests, moved = [], []
    while isinstance(run, Removal):
        sandbox.clear_requests()
        done = stage_removal.remove(connection=lead, ref=REF, run=run)
        requests.append(len(sandbox.requests))
        moved.append(len(done.run.moved) if isinstance(done.run, Removal) else 0)
        if isinstance(done, Removed):
            break
        assert done.run.total == 120
        run = done.run
    assert requests == [1 + 5, 1 + 5, 1 + 2 + 2]
    assert moved == [50, 100, 120]


@pytest.mark.parametrize(("tasks", "requests"), [(0, 3), (1, 4), (10, 4), (11, 5), (50, 8)])
def test_up_to_fifty_tasks_are_one_portion(
    sandbox: Sandbox, lead: Connection, tasks: int, requests: int
) -> None:
    removals.few_tasks(sandbox, tasks)
    removed = stage_removal.remove(connection=lead, ref=REF, run=TO_BACKLOG)
    assert isinstance(removed, Removed)
    assert len(removed.run.moved) == tasks
    assert len(sandbox.requests) == requests


def test_hidden_tasks_keep_the_stage_and_the_words_say_so(
    sandbox: Sandbox, lead: Connection
) -> None:
    refusal = stopped(lead, TO_BACKLOG)
    assert (refusal.code, refusal.status) == ("NO_EMPTY", 409)
    assert refusal.message == (
        "In progress still holds tasks that are hidden from you, so it cannot be deleted. "
        "115 of 115 tasks are in Backlog now. In progress is still there."
    )
    assert "move those 115 back" in refusal.hint
    assert tasks_in(sandbox, CROWDED) == {116, 117, 118, 119, 120}
    assert refusal.board is not None
    assert CROWDED in refusal.board.board


def test_the_tasks_of_a_stopped_deletion_move_back(sandbox: Sandbox, lead: Connection) -> None:
    refusal = stopped(lead, TO_BACKLOG)
    sandbox.portal.tasks[7].stage_id = REVIEW  # somebody has moved it on
    returned = back(lead, refusal.back)
    assert tasks_in(sandbox, CROWDED) == set(range(1, 121)) - {7}
    assert sandbox.portal.tasks[7].stage_id == REVIEW
    assert returned.sentence == (
        "114 of 115 tasks are back in In progress; the others had gone elsewhere."
    )


def test_a_stopped_deletion_goes_on_once_the_hidden_tasks_are_gone(
    sandbox: Sandbox, lead: Connection
) -> None:
    refusal = stopped(lead, TO_BACKLOG)
    for task_id in tasks_in(sandbox, CROWDED):
        sandbox.portal.tasks[task_id].stage_id = REVIEW
    assert isinstance(refusal.run, Removal)
    removed = run_through(lead, refusal.run)
    assert len(removed.run.moved) == 115
    assert CROWDED not in portal.ids(sandbox, BOARD)


def test_a_stage_whose_tasks_are_all_hidden_is_told_without_moving_any(
    sandbox: Sandbox, lead: Connection
) -> None:
    for task_id in range(1, 116):
        sandbox.portal.tasks[task_id].stage_id = REVIEW
    with pytest.raises(Refusal) as refused:
        stage_removal.remove(connection=lead, ref=REF, run=Removal(CROWDED))
    assert refused.value.code == "NO_EMPTY"
    assert "hidden" in refused.value.message
    assert "Nothing was changed." in refused.value.hint
    assert refused.value.board is not None


def test_a_task_that_may_not_be_moved_stops_it_by_name(sandbox: Sandbox, lead: Connection) -> None:
    everything_visible(sandbox)
    first = stage_removal.remove(connection=lead, ref=REF, run=TO_BACKLOG)
    assert isinstance(first.run, Removal)
    sandbox.faults.arm("refused_by_code", method=MOVE, code="ACCESS_DENIED_MOVE", status=400)
    refusal = stopped(lead, first.run)
    title = sandbox.portal.tasks[51].title
    assert refusal.message == (
        f"“{title}” could not be moved. You may not move this task. "
        "59 of 120 tasks are in Backlog now. In progress is still there."
    )
    assert refusal.status == 403
    assert 51 in tasks_in(sandbox, CROWDED)
    assert len(tasks_in(sandbox, CROWDED)) == 61
    assert portal.writes(sandbox)[-1][0] == MOVE, "no deletion was tried"


def test_a_task_that_comes_in_meanwhile_moves_along(sandbox: Sandbox, lead: Connection) -> None:
    everything_visible(sandbox)
    run: Removal | Return = TO_BACKLOG
    for _ in range(2):
        assert isinstance(run, Removal)
        run = stage_removal.remove(connection=lead, ref=REF, run=run).run
    late = next(task for task in sandbox.portal.tasks.values() if task.stage_id == REVIEW)
    late.stage_id = CROWDED
    assert isinstance(run, Removal)
    removed = run_through(lead, run)
    assert len(removed.run.moved) == 121
    assert late.stage_id == BACKLOG


def test_a_task_that_comes_in_at_the_last_moment_moves_along(sandbox: Sandbox, meet: Meet) -> None:
    removals.few_tasks(sandbox, 3)
    late = sandbox.portal.tasks[4]
    lead = meet({3: lambda: setattr(late, "stage_id", CROWDED)})  # the request that deletes
    first = stage_removal.remove(connection=lead, ref=REF, run=TO_BACKLOG)
    assert isinstance(first, Progress)
    assert (first.run.total, CROWDED in portal.ids(sandbox, BOARD)) == (4, True)
    assert isinstance(first.run, Removal)
    removed = run_through(lead, first.run)
    assert set(removed.run.moved) == {1, 2, 3, 4}


def test_a_slow_portal_gets_its_time_in_further_portions(
    sandbox: Sandbox, lead: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything_visible(sandbox)
    monkeypatch.setattr(task_moves, "LONG_ENOUGH", 0.0)
    done = stage_removal.remove(connection=lead, ref=REF, run=TO_BACKLOG)
    assert isinstance(done, Progress)
    assert done.run.total == 120


def test_a_deleted_stage_comes_back_with_its_tasks(sandbox: Sandbox, lead: Connection) -> None:
    everything_visible(sandbox)
    stage = sandbox.portal.board(BOARD)[1]
    removed = run_through(lead, TO_BACKLOG)
    sandbox.portal.tasks[3].stage_id = REVIEW
    assert removed.outcome.change_id
    undone = undoing.undo(connection=lead, change_id=removed.outcome.change_id)
    assert isinstance(undone, Undone)
    outcome = undone.outcome
    returned = back(lead, undone.run)
    restored = sandbox.portal.board(BOARD)[1]
    assert (restored.title, restored.color) == (stage.title, stage.color)
    assert outcome.added == restored.id != CROWDED
    assert tasks_in(sandbox, restored.id) == set(range(1, 121)) - {3}
    assert returned.run.back == 119
    assert portal.as_read(returned.details.board) == portal.as_stored(sandbox, BOARD)


def test_tasks_stay_where_they_are_once_their_stage_has_gone(
    sandbox: Sandbox, lead: Connection
) -> None:
    before = tasks_in(sandbox, CROWDED)
    returned = back(lead, Return(CROWDED, 9999, (200, 201), total=2))
    assert returned.run.back == 0
    assert tasks_in(sandbox, CROWDED) == before
    assert portal.writes(sandbox) == []


def test_a_stage_of_my_planner_goes_with_its_own_tasks_only(
    sandbox: Sandbox, lead: Connection
) -> None:
    planner = portal.ids(sandbox, "planner-2")
    today, not_planned = planner[1], planner[0]
    placed = {task.id for task in sandbox.portal.tasks.values() if task.planner.get(2) == today}
    group_stages = {task.id: task.stage_id for task in sandbox.portal.tasks.values()}
    removed = run_through(lead, Removal(today, not_planned), MY_PLANNER)
    assert placed
    assert set(removed.run.moved) == placed
    assert {
        task.id for task in sandbox.portal.tasks.values() if task.planner.get(2) == not_planned
    } >= placed
    assert {task.id: task.stage_id for task in sandbox.portal.tasks.values()} == group_stages
    methods = {command.method for record in sandbox.requests for command in record.commands}
    assert "task.stages.canmovetask" not in methods
    returned = back(lead, Return(planner[2], not_planned, removed.run.moved), MY_PLANNER)
    assert returned.run.back == len(placed)


def test_a_move_that_only_claims_to_have_happened_stops_the_run(
    sandbox: Sandbox, lead: Connection
) -> None:
    today, not_planned = portal.ids(sandbox, "planner-2")[1], portal.ids(sandbox, "planner-2")[0]
    there = next(task for task in sandbox.portal.tasks.values() if task.planner.get(2) == today)
    run = Removal(today, not_planned, moved=(there.id,), total=1)
    refusal = stopped(lead, run, MY_PLANNER)
    assert f"“{there.title}” could not be moved" in refusal.message
    assert today in portal.ids(sandbox, "planner-2")


def test_what_others_changed_meanwhile_is_told(sandbox: Sandbox, lead: Connection) -> None:
    everything_visible(sandbox)
    question = removal_question.ask(connection=lead, ref=REF, stage_id=CROWDED)
    sandbox.portal.stages[REVIEW].title = "QA"
    run: Removal | Return = TO_BACKLOG
    while isinstance(run, Removal):
        done = stage_removal.remove(connection=lead, ref=REF, run=run, shown=question.details.board)
        if isinstance(done, Removed):
            assert done.sentence.endswith("Changed elsewhere meanwhile: Review was renamed to QA.")
            return
        run = done.run
