"""Tasks whose way back into their stage broke off: it stays open until they were looked at."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from stages.domain.edits import RenameStage
from stages.models import Change
from stages.services import task_returns
from stages.services.changes import listing, undoing
from stages.services.changes.undoing import Undone
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from stages.services.stage_deletion import Removed
from stages.services.task_moves import Progress
from tests.conftest import Connect
from tests.services import removals
from tests.services.changes import history


def begun(sandbox: Sandbox, lead: Connection) -> tuple[int, Undone]:
    """Delete the crowded stage and undo that; the answer, with the way of the tasks, is lost."""
    removals.everything_visible(sandbox)
    deletion = removals.run_through(lead, removals.TO_BACKLOG).outcome.change_id
    assert deletion is not None
    return deletion, history.undo(lead, deletion)


def test_tasks_that_were_left_behind_are_brought_back_by_the_same_undo(
    sandbox: Sandbox, lead: Connection
) -> None:
    deletion, lost = begun(sandbox, lead)
    added = lost.outcome.added
    assert added is not None
    offered, deleted = listing.changes(connection=lead).entries
    assert (offered.brings_back, deleted.brings_back) == (deletion, None)
    sandbox.portal.tasks[3].stage_id = removals.REVIEW

    with pytest.raises(Refusal) as outdated:
        undoing.undo(connection=lead, change_id=deletion, if_match="of another board")
    assert outdated.value.code == "BOARD_CHANGED"
    first = history.undo(lead, deletion)
    assert (first.outcome.wanted, first.outcome.change_id) == ((), lost.outcome.change_id)
    assert first.run is not None
    assert first.run.total == 119
    # Broken off once more, after a portion.
    portion = task_returns.bring_back(connection=lead, ref=history.REF, run=first.run)
    assert isinstance(portion, Progress)
    assert listing.changes(connection=lead).entries[0].brings_back == deletion

    again = history.undo(lead, deletion)
    returned = removals.back(lead, again.run)
    assert returned.sentence == f"{119 - 50} tasks are back in In progress."
    assert removals.tasks_in(sandbox, added) == set(range(1, 121)) - {3}
    noted, offered, _deleted = listing.changes(connection=lead).entries
    assert noted.sentence.startswith("The tasks of In progress were brought back")
    assert (noted.action, noted.stage_id, noted.can_undo) == ("return", added, False)
    assert offered.brings_back is None
    assert history.refused(lead, deletion).message == "Already undone by lead."


def test_tasks_left_behind_follow_when_their_stage_went_and_came_once_more(
    sandbox: Sandbox, lead: Connection
) -> None:
    removals.few_tasks(sandbox, 12)
    change, ids = (
        removals.run_through(lead, removals.TO_BACKLOG).outcome.change_id,
        set(range(1, 13)),
    )
    for _ in range(2):
        lost = history.undo(lead, change or 0)  # and the page is closed
        assert lost.run is not None
        assert set(lost.run.waiting) == ids
        sandbox.portal.tasks[min(ids)].stage_id = removals.REVIEW
        ids.remove(min(ids))
        redone = undoing.undo(connection=lead, change_id=lost.outcome.change_id or 0)
        assert isinstance(redone, Removed)
        change = redone.outcome.change_id
    undone = history.undo(lead, change or 0)
    removals.back(lead, undone.run)
    assert removals.tasks_in(sandbox, undone.outcome.added or 0) == ids


def test_what_is_offered_makes_sense(sandbox: Sandbox, lead: Connection, connect: Connect) -> None:
    deletion, undone = begun(sandbox, lead)
    reader = connect("member")
    assert listing.changes(connection=reader).entries[0].brings_back is None
    history.make(lead, RenameStage(removals.REVIEW, "Check"))
    offered = listing.entry(connection=lead, change_id=undone.outcome.change_id or 0)
    assert offered.brings_back == deletion
    assert undone.outcome.added is not None
    removals.delete(lead, history.REF, undone.outcome.added)
    offered = listing.entry(connection=lead, change_id=undone.outcome.change_id or 0)
    assert offered.brings_back is None
    assert "Already undone" in history.refused(lead, deletion).message


def test_that_tasks_are_back_is_noted_once(sandbox: Sandbox, lead: Connection) -> None:
    _deletion, undone = begun(sandbox, lead)
    removals.back(lead, undone.run)
    assert Change.objects.filter(action=Change.Action.RETURN).count() == 1
