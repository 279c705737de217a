"""An edit that met silence may still be made: nothing overtakes it, and it is noted down once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.domain.board import BoardRef
from stages.models import BoardLease, Change
from stages.services import boards, leases, stage_edits
from stages.services.changes import undoing
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from tests import factories, portal

REF = BoardRef(portal.RELAUNCH)
BOARD = "group-10"
UPDATE = "task.stages.update"


@pytest.fixture
def hasty(sandbox: Sandbox, settings: Settings, db: None) -> Connection:  # noqa: ARG001 (for the rows)
    """Lena in a hurry: a second for an answer, four for an edit."""
    settings.BITRIX24_DEADLINE = 4
    return factories.connection(sandbox, "lead", timeout=1)


def rename(connection: Connection, sandbox: Sandbox, title: str, position: int = 1) -> None:
    stage_id = portal.ids(sandbox, BOARD)[position]
    stage_edits.rename(connection=connection, ref=REF, stage_id=stage_id, title=title)


def refusal(of: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        of()
    return refused.value


def met_silence(connection: Connection, sandbox: Sandbox) -> Callable[[], None]:
    """Rename a stage to "QA" and hear nothing; what is returned lets the portal make the edit."""
    stage = sandbox.portal.board(BOARD)[1]
    sandbox.faults.arm("late_work", method=UPDATE, seconds=600)
    refused = refusal(partial(rename, connection, sandbox, "QA"))
    assert (refused.code, refused.status) == ("PORTAL_TIMEOUT", 504)
    assert "not known whether the edit was made" in refused.hint
    assert not refused.may_repeat
    assert refused.board is not None
    return partial(setattr, stage, "title", "QA")


def test_nothing_overtakes_it(sandbox: Sandbox, hasty: Connection) -> None:
    met_silence(hasty, sandbox)
    before = len(portal.writes(sandbox))
    refused = refusal(partial(rename, hasty, sandbox, "Other", 2))
    assert (refused.code, refused.status) == ("BOARD_BUSY", 503)
    assert refused.wait
    assert 50 < refused.wait <= 60
    assert len(portal.writes(sandbox)) == before
    assert not Change.objects.exists()


def test_once_it_shows_the_next_edit_is_made_and_both_are_in_the_history(
    sandbox: Sandbox, hasty: Connection
) -> None:
    it_is_made = met_silence(hasty, sandbox)
    it_is_made()
    rename(hasty, sandbox, "Other", 2)
    assert portal.titles(sandbox, BOARD)[1:3] == ["QA", "Other"]
    first, second = Change.objects.order_by("pk")
    assert (first.edits[0]["title"], first.actor) == ("QA", "lead")
    assert second.before
    assert second.before[1]["title"] == "QA"


def test_whoever_looks_at_the_board_sees_it_noted_down(
    sandbox: Sandbox, hasty: Connection, member: Connection
) -> None:
    it_is_made = met_silence(hasty, sandbox)
    boards.fetch(connection=member, ref=REF)
    assert not Change.objects.exists()
    it_is_made()
    boards.fetch(connection=member, ref=REF)
    boards.fetch(connection=member, ref=REF)
    change = Change.objects.get()
    assert (change.actor, change.person_id) == ("lead", hasty.person_id)


def test_a_minute_later_it_is_not_waited_for(sandbox: Sandbox, hasty: Connection) -> None:
    met_silence(hasty, sandbox)
    BoardLease.objects.update(sent_at=Now() - timedelta(seconds=61))
    rename(hasty, sandbox, "Other", 2)
    assert Change.objects.get().edits[0]["title"] == "Other"
    assert BoardLease.objects.get().intent is None


def test_what_comes_while_the_board_is_read_is_not_taken_for_undone(
    sandbox: Sandbox, hasty: Connection, member: Connection
) -> None:
    it_is_made = met_silence(hasty, sandbox)
    BoardLease.objects.update(sent_at=Now() - timedelta(seconds=58))
    # The read is answered with what was there when it began, and after the minute is over.
    sandbox.faults.arm("late_answer", method="task.stages.get", seconds=4)
    boards.fetch(connection=member, ref=REF)
    it_is_made()
    boards.fetch(connection=member, ref=REF)
    assert Change.objects.get().actor == "lead"


def test_one_that_broke_off_is_settled_by_the_next_read(
    sandbox: Sandbox, hasty: Connection
) -> None:
    sandbox.faults.arm("reset_before", method=UPDATE, lasting=True, spreads=True)
    refused = refusal(partial(rename, hasty, sandbox, "QA"))
    assert "not known whether the edit was made" in refused.hint
    sandbox.faults.clear()
    rename(hasty, sandbox, "Other", 2)
    assert "QA" not in portal.titles(sandbox, BOARD)
    assert Change.objects.get().edits[0]["title"] == "Other"


def test_what_half_of_it_shows_after_a_minute_is_noted_down(
    sandbox: Sandbox, hasty: Connection
) -> None:
    stages = sandbox.portal.board(BOARD)
    wanted = [stage.id for stage in reversed(stages)]
    sandbox.faults.arm("late_work", method=UPDATE, seconds=600)
    refusal(partial(stage_edits.reorder, connection=hasty, ref=REF, order=wanted))
    stages[-1].sort = 1
    BoardLease.objects.update(sent_at=Now() - timedelta(seconds=61))
    boards.fetch(connection=hasty, ref=REF)
    change = Change.objects.get()
    assert len(change.edits) == 1
    assert change.after
    assert change.after[0]["id"] == wanted[0]


def test_an_edit_of_a_process_that_died_is_noted_down_as_its_maker_s(
    sandbox: Sandbox, hasty: Connection, member: Connection
) -> None:
    """What a killed process leaves: a lease that runs out, and what it was about to send."""
    it_is_made = met_silence(hasty, sandbox)
    left = BoardLease.objects.get()
    it_is_made()
    BoardLease.objects.update(expires_at=Now() - timedelta(seconds=1))
    with leases.held_if_unsettled(member, REF) as lease:
        assert lease is not None
        assert lease.intent == left.intent
    boards.fetch(connection=member, ref=REF)
    assert Change.objects.get().actor == "lead"


def test_what_nobody_can_read_any_more_does_not_block_the_board(
    sandbox: Sandbox, hasty: Connection
) -> None:
    met_silence(hasty, sandbox)
    BoardLease.objects.update(intent={"of": "another release"})
    rename(hasty, sandbox, "Other", 2)
    assert Change.objects.get().edits[0]["title"] == "Other"


def test_an_edit_of_somebody_who_is_gone_meanwhile_is_noted_down_all_the_same(
    sandbox: Sandbox, hasty: Connection, member: Connection
) -> None:
    it_is_made = met_silence(hasty, sandbox)
    it_is_made()
    User.objects.get(username="lead").delete()
    boards.fetch(connection=member, ref=REF)
    change = Change.objects.get()
    assert (change.user, change.actor) == (None, "lead")
    assert BoardLease.objects.get().intent is None


def test_an_undo_of_a_change_that_was_pruned_meanwhile_is_noted_down_all_the_same(
    sandbox: Sandbox, hasty: Connection
) -> None:
    rename(hasty, sandbox, "QA")
    first = Change.objects.get()
    stage = sandbox.portal.board(BOARD)[1]
    sandbox.faults.arm("late_work", method=UPDATE, seconds=600)
    refusal(partial(undoing.undo, connection=hasty, change_id=first.pk))
    first.delete()
    stage.title = "In progress"
    boards.fetch(connection=hasty, ref=REF)
    assert Change.objects.get().undoes is None


def test_a_refusal_to_overtake_shows_the_board(sandbox: Sandbox, hasty: Connection) -> None:
    met_silence(hasty, sandbox)
    refused = refusal(partial(rename, hasty, sandbox, "Other", 2))
    assert refused.board is not None
    assert portal.as_read(refused.board.board) == portal.as_stored(sandbox, BOARD)
