"""An undo that is asked for once more: made once, and told as it was."""

from __future__ import annotations

from functools import partial

import pytest

from sandbox.server import Sandbox
from stages.domain.edits import RemoveStage, RenameStage
from stages.services.changes import repeated_undo
from stages.services.changes.undoing import Undone
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from tests import portal
from tests.conftest import Connect
from tests.services import removals
from tests.services.changes import history
from tests.threads import together


def again(connection: Connection, change_id: int) -> Undone:
    done = repeated_undo.undo(connection=connection, change_id=change_id)
    assert isinstance(done, Undone)
    return done


def test_it_is_told_as_the_first_time(sandbox: Sandbox, lead: Connection) -> None:
    change = history.make(lead, RenameStage(3, "Check")).change_id or 0
    first = history.undo(lead, change)
    second = again(lead, change)
    assert second.sentence == first.sentence == "Undo: Check is now called Review."
    assert (second.name, second.outcome.change_id) == (first.name, first.outcome.change_id)
    assert len(portal.writes(sandbox)) == 2
    redone = again(lead, first.outcome.change_id or 0)
    assert again(lead, first.outcome.change_id or 0).sentence == redone.sentence
    assert redone.sentence == "Redo: Review is now called Check."


def test_the_stage_that_came_back_is_known(sandbox: Sandbox, lead: Connection) -> None:
    removals.few_tasks(sandbox, 0)
    change = history.make(lead, RemoveStage(removals.CROWDED)).change_id or 0
    first = history.undo(lead, change)
    assert first.outcome.added
    assert again(lead, change).outcome.added == first.outcome.added


@pytest.mark.django_db(transaction=True)
def test_of_two_tries_at_once_both_know_the_tasks_that_follow(
    sandbox: Sandbox, connect: Connect
) -> None:
    removals.few_tasks(sandbox, 3)
    lead = connect("lead")
    change = removals.run_through(lead, removals.TO_BACKLOG).outcome.change_id or 0
    first, second = together([partial(again, lead, change)] * 2)
    assert first.outcome.added == second.outcome.added
    assert first.run
    assert first.run == second.run
    assert set(first.run.waiting) == {1, 2, 3}
    assert [method for method, _ in portal.writes(sandbox)].count("task.stages.add") == 1


def test_what_was_never_made_is_made_now(sandbox: Sandbox, lead: Connection) -> None:
    change = history.make(lead, RenameStage(3, "Check")).change_id or 0
    assert again(lead, change).sentence == "Undo: Check is now called Review."
    assert portal.titles(sandbox, history.BOARD)[2] == "Review"


def test_what_somebody_else_undid_is_refused(lead: Connection, connect: Connect) -> None:
    change = history.make(lead, RenameStage(3, "Check")).change_id or 0
    history.undo(lead, change)
    with pytest.raises(Refusal) as refused:
        repeated_undo.undo(connection=connect("admin"), change_id=change)
    assert refused.value.message == "Already undone by lead."
