"""A portal that fails while the tasks of a stage move: where things stand is told as it is."""

from __future__ import annotations

from collections import Counter

import pytest

from sandbox.server import Sandbox
from stages.domain.task_moves import Removal
from stages.services import stage_removal, task_moves, task_returns
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from stages.services.removal_words import Stopped
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
    TO_BACKLOG,
    Meet,
    back,
    run_through,
    stopped,
    tasks_in,
)

TASKS = 60
# Two portions: page and five batches; page, one batch, deletion and confirmation.
REQUESTS = 10


@pytest.fixture
def sixty(sandbox: Sandbox) -> Sandbox:
    removals.few_tasks(sandbox, TASKS)
    return sandbox


def arrived(sandbox: Sandbox) -> set[int]:
    return tasks_in(sandbox, BACKLOG) & set(range(1, TASKS + 1))


@pytest.mark.parametrize("fault", ["limit", "reset_before", "reset_after", "half_answer", "html"])
@pytest.mark.parametrize("method", [MOVE, DELETE])
def test_one_failure_of_a_request_is_survived(
    sixty: Sandbox, lead: Connection, fault: str, method: str
) -> None:
    sixty.faults.arm(fault, method=method)
    removed = run_through(lead, TO_BACKLOG)
    assert len(removed.run.moved) == TASKS
    assert CROWDED not in portal.ids(sixty, BOARD)


class Killed(BaseException):
    """The end of a worker."""


def test_what_a_worker_moved_that_died_is_known_to_the_next(sixty: Sandbox, meet: Meet) -> None:
    def die() -> None:
        raise Killed

    with pytest.raises(Killed):
        run_through(meet({4: die}), TO_BACKLOG)
    assert len(arrived(sixty)) == 20
    removed = run_through(meet({}), TO_BACKLOG)
    assert set(removed.run.moved) == set(range(1, TASKS + 1))
    assert f"its {TASKS} tasks are now in Backlog" in removed.sentence


@pytest.mark.parametrize("fault", ["batch_limit", "half_batch"])
@pytest.mark.parametrize("after", [1, 2, 9])
@pytest.mark.parametrize("method", [MOVE, DELETE])
def test_one_failure_inside_a_request_is_survived(
    sixty: Sandbox, lead: Connection, fault: str, after: int, method: str
) -> None:
    sixty.faults.arm(fault, method=method, after=after)
    removed = run_through(lead, TO_BACKLOG)
    assert len(removed.run.moved) == TASKS
    made = Counter(params["id"] for method, params in portal.writes(sixty) if method == MOVE)
    assert len(made) == TASKS
    assert CROWDED not in portal.ids(sixty, BOARD)


@pytest.mark.parametrize("number", range(1, REQUESTS + 1))
def test_an_answer_that_is_lost_is_survived_wherever_it_is(
    sixty: Sandbox, meet: Meet, number: int
) -> None:
    lead = meet({number: lambda: sixty.faults.arm("reset_after")})
    removed = run_through(lead, TO_BACKLOG)
    assert len(removed.run.moved) == TASKS == len(arrived(sixty))
    assert [record.fault for record in sixty.requests].count("reset_after") == 1


def test_answers_that_are_all_lost_are_looked_for(sixty: Sandbox, lead: Connection) -> None:
    sixty.faults.arm("reset_after", method=MOVE, times=20)
    assert len(run_through(lead, TO_BACKLOG).run.moved) == TASKS


@pytest.mark.parametrize(
    "fault", ["limit", "batch_limit", "half_batch", "reset_before", "html", "server_error"]
)
@pytest.mark.parametrize("method", [MOVE, DELETE])
def test_a_portal_that_fails_on_is_told_as_it_is_and_nothing_is_lost(
    sixty: Sandbox, lead: Connection, fault: str, method: str
) -> None:
    sixty.faults.arm(fault, method=method, times=30)
    refusal = stopped(lead, TO_BACKLOG)
    sixty.faults.clear()
    count = len(arrived(sixty))
    assert count + len(tasks_in(sixty, CROWDED)) == TASKS
    told = f"{count} of {TASKS} tasks {'is' if count == 1 else 'are'} in Backlog now"
    assert (told if count else "No task has moved.") in refusal.message
    assert "In progress is still there." in refusal.message
    assert "Nothing was changed" not in refusal.hint
    assert isinstance(refusal.run, Removal)
    assert set(refusal.run.moved) == arrived(sixty)
    assert len(run_through(lead, refusal.run).run.moved) == TASKS


@pytest.mark.parametrize("number", range(1, REQUESTS + 1))
def test_a_portal_that_goes_down_anywhere_leaves_a_way_on(
    sixty: Sandbox, meet: Meet, number: int
) -> None:
    lead = meet({number: sixty.stop})
    try:
        with pytest.raises(Refusal) as refused:
            run_through(lead, TO_BACKLOG)
    finally:
        sixty.start()
    refusal = refused.value
    assert refusal.status == 502
    if number == 1:
        assert not isinstance(refusal, Stopped)
        assert refusal.hint.startswith("Nothing was changed.")
        return
    assert isinstance(refusal, Stopped)
    assert isinstance(refusal.run, Removal)
    assert set(refusal.run.moved) <= arrived(sixty), "told is what is known"
    assert f"{len(refusal.run.moved)} of {TASKS} tasks had moved" in refusal.message
    if number == REQUESTS:
        assert "The portal took the edit" in refusal.message
        assert CROWDED not in portal.ids(sixty, BOARD)
        return
    assert len(arrived(sixty)) + len(tasks_in(sixty, CROWDED)) == TASKS
    assert len(run_through(lead, refusal.run).run.moved) == TASKS


def test_a_silent_portal_is_not_asked_twice(sixty: Sandbox, lead: Connection) -> None:
    sixty.faults.arm("late_answer", method=DELETE, seconds=30)
    removed = run_through(lead, TO_BACKLOG)
    assert len(removed.run.moved) == TASKS
    assert [method for method, _ in portal.writes(sixty)].count(DELETE) == 1


def test_a_slow_portal_gets_its_time_in_further_portions(
    sixty: Sandbox, lead: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task_moves, "LONG_ENOUGH", -1.0)
    done = stage_removal.remove(connection=lead, ref=REF, run=TO_BACKLOG)
    assert isinstance(done, Progress)
    assert done.run.total == TASKS
    assert CROWDED in portal.ids(sixty, BOARD)


def test_a_way_back_that_fails_tells_how_many_are_back(sandbox: Sandbox, lead: Connection) -> None:
    refusal = stopped(lead, TO_BACKLOG)
    assert refusal.back
    sandbox.faults.arm("half_batch", method=MOVE, times=2, after=4)
    with pytest.raises(Stopped) as refused:
        task_returns.bring_back(connection=lead, ref=REF, run=refusal.back)
    told = refused.value
    assert "8 of 115 tasks are back in In progress." in told.message
    assert told.run
    assert not isinstance(told.run, Removal)
    assert back(lead, told.run).run.back == 115
    assert tasks_in(sandbox, CROWDED) == set(range(1, 121))
