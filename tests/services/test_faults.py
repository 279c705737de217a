"""What becomes of an edit on a bad day: told as it is, done once or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sandbox.entities import Stage
from sandbox.server import Sandbox
from stages.domain.board import BoardRef
from stages.models import Change
from stages.services import boards, stage_edits
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from tests import portal

REF = BoardRef(portal.RELAUNCH)
BOARD = "group-10"
UPDATE = "task.stages.update"


def rename(sandbox: Sandbox, connection: Connection) -> None:
    second = portal.ids(sandbox, BOARD)[1]
    stage_edits.rename(connection=connection, ref=REF, stage_id=second, title="QA")


@pytest.mark.parametrize(
    "fault", ["limit", "slow", "no_time", "reset_before", "server_error", "html", "html_503"]
)
def test_a_passing_trouble_is_survived(sandbox: Sandbox, lead: Connection, fault: str) -> None:
    sandbox.faults.arm(fault, method=UPDATE, times=1, seconds=0.1)
    rename(sandbox, lead)
    assert portal.titles(sandbox, BOARD).count("QA") == 1


@pytest.mark.parametrize("fault", ["reset_after", "half_answer", "late_answer"])
@pytest.mark.parametrize("method", [UPDATE, "task.stages.add"])
def test_an_edit_whose_answer_was_lost_is_done_once(
    sandbox: Sandbox, lead: Connection, fault: str, method: str
) -> None:
    sandbox.faults.arm(fault, method=method, seconds=30)
    if method == UPDATE:
        rename(sandbox, lead)
    else:
        outcome = stage_edits.add(connection=lead, ref=REF, title="QA", after_id=None)
        assert outcome.added == portal.stage_id(sandbox, BOARD, "QA")
    assert portal.titles(sandbox, BOARD).count("QA") == 1
    assert len(portal.writes(sandbox)) == 1


@pytest.mark.parametrize("fault", ["server_error", "html", "html_503", "reset_before"])
def test_an_edit_that_fails_twice_is_refused_with_the_board_as_it_is(
    sandbox: Sandbox, lead: Connection, fault: str
) -> None:
    sandbox.faults.arm(fault, method=UPDATE, times=2)
    with pytest.raises(Refusal) as refused:
        rename(sandbox, lead)
    assert refused.value.status == 502
    assert refused.value.hint.startswith("Nothing was changed.")
    assert refused.value.may_repeat
    assert refused.value.board is not None
    assert portal.as_read(refused.value.board.board) == portal.as_stored(sandbox, BOARD)
    assert sandbox.faults.armed() == []


def test_an_edit_that_may_still_be_at_work_is_not_sent_again(
    sandbox: Sandbox, lead: Connection
) -> None:
    sandbox.faults.arm("late_work", method=UPDATE, seconds=30)
    with pytest.raises(Refusal) as refused:
        rename(sandbox, lead)
    assert refused.value.status == 504
    assert not refused.value.may_repeat
    assert "not known whether the edit was made" in refused.value.hint
    assert len(portal.writes(sandbox)) == 1


def test_a_refusal_of_the_portal_is_told_in_words(sandbox: Sandbox, lead: Connection) -> None:
    sandbox.faults.arm("refused_by_code", method=UPDATE, code="ACCESS_DENIED", status=400)
    with pytest.raises(Refusal) as refused:
        rename(sandbox, lead)
    assert refused.value.status == 403
    assert "ACCESS_DENIED" not in refused.value.message + refused.value.hint


@pytest.mark.parametrize("fault", ["half_batch", "batch_limit"])
def test_what_is_missing_of_half_a_batch_is_sent_once_more(
    sandbox: Sandbox, lead: Connection, fault: str
) -> None:
    wanted = list(reversed(portal.ids(sandbox, BOARD)))
    sandbox.faults.arm(fault, method=UPDATE, after=2)
    outcome = stage_edits.reorder(connection=lead, ref=REF, order=wanted)
    assert portal.ids(sandbox, BOARD) == wanted
    assert list(outcome.details.board.order) == wanted


def test_half_an_order_is_told_as_half(sandbox: Sandbox, lead: Connection) -> None:
    before = portal.ids(sandbox, BOARD)
    sandbox.faults.arm("half_batch", method=UPDATE, times=2)
    with pytest.raises(Refusal) as refused:
        stage_edits.reorder(connection=lead, ref=REF, order=before[::-1])
    assert refused.value.board is not None
    assert list(refused.value.board.board.order) == portal.ids(sandbox, BOARD)
    assert before != portal.ids(sandbox, BOARD) != before[::-1]
    assert "2 of 4 edits were made" in refused.value.hint


def test_an_edit_that_cannot_be_read_back_says_that_it_was_taken(
    sandbox: Sandbox, lead: Connection
) -> None:
    # Only the read that confirms an edit counts tasks.
    sandbox.faults.arm("html", method="tasks.task.list", times=10)
    with pytest.raises(Refusal) as refused:
        rename(sandbox, lead)
    assert refused.value.message.startswith("The portal took the edit")
    assert refused.value.board is None
    assert portal.titles(sandbox, BOARD).count("QA") == 1


def test_a_stopped_portal_is_told_and_the_next_try_works(
    sandbox: Sandbox, lead: Connection
) -> None:
    sandbox.stop()
    try:
        with pytest.raises(Refusal) as refused:
            boards.fetch(connection=lead, ref=REF)
    finally:
        sandbox.start()
    assert refused.value.status == 502
    assert boards.fetch(connection=lead, ref=REF).can_edit


def test_a_silent_portal_is_told_within_the_timeout(sandbox: Sandbox, lead: Connection) -> None:
    sandbox.faults.arm("late_answer", seconds=30)
    with pytest.raises(Refusal) as refused:
        boards.fetch(connection=lead, ref=REF)
    assert refused.value.status == 504


class Stubborn(Stage):
    """A stage whose title something on the portal puts back at once."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        if name != "title":
            super().__setattr__(name, value)


def test_a_true_that_the_board_does_not_show_is_not_believed(
    sandbox: Sandbox, lead: Connection
) -> None:
    sandbox.portal.board(BOARD)[1].__class__ = Stubborn
    with pytest.raises(Refusal) as refused:
        rename(sandbox, lead)
    assert refused.value.status == 502
    assert "Nothing was changed." in refused.value.hint
    assert not Change.objects.exists()


@pytest.mark.parametrize("number", [-5, 2**63, 10**20])
def test_a_board_with_a_number_that_is_none_is_not_edited(
    sandbox: Sandbox, lead: Connection, number: int
) -> None:
    odd = sandbox.portal.board(BOARD)[-1]
    sandbox.portal.stages[number] = replace(odd, id=number)
    with pytest.raises(Refusal) as refused:
        rename(sandbox, lead)
    assert refused.value.status == 502
    assert portal.writes(sandbox) == []
