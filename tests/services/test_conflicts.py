"""Two people change the same thing: nothing is written, and the second one chooses."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from stages.domain.board import Board
from stages.services import stage_edits
from stages.services.connections import Connection
from stages.services.refusals import Conflicting, Refusal
from tests import portal
from tests.services.foreign import BACKLOG, BOARD, DOING, REF, REVIEW, renamed_elsewhere


def test_two_names_for_one_stage(sandbox: Sandbox, lead: Connection, shown: Board) -> None:
    renamed_elsewhere(sandbox)
    with pytest.raises(Conflicting) as refused:
        stage_edits.rename(connection=lead, ref=REF, stage_id=DOING, title="QA", shown=shown)
    assert refused.value.status == 409
    assert refused.value.message == "Somebody renamed In progress to Doing meanwhile."
    assert refused.value.hint == (
        "Nothing was changed. Keep that name, or call it QA all the same."
    )
    assert refused.value.board is not None
    assert refused.value.board.board[DOING].name == "Doing"
    assert portal.writes(sandbox) == []


def test_mine_is_applied_where_the_person_says_so(
    sandbox: Sandbox, lead: Connection, shown: Board
) -> None:
    renamed_elsewhere(sandbox)
    stage_edits.rename(
        connection=lead, ref=REF, stage_id=DOING, title="QA", shown=shown, force=True
    )
    assert portal.titles(sandbox, BOARD)[1] == "QA"


def test_a_place_after_a_stage_that_is_gone(
    sandbox: Sandbox, lead: Connection, shown: Board
) -> None:
    del sandbox.portal.stages[REVIEW]
    with pytest.raises(Conflicting) as refused:
        stage_edits.move(connection=lead, ref=REF, stage_id=BACKLOG, after_id=REVIEW, shown=shown)
    assert refused.value.message == "Review, which Backlog was to come after, is gone."
    outcome = stage_edits.move(
        connection=lead, ref=REF, stage_id=BACKLOG, after_id=REVIEW, shown=shown, force=True
    )
    assert outcome.details.board.order[:2] == (DOING, BACKLOG)


@pytest.mark.parametrize("force", [False, True])
def test_a_stage_that_is_gone_is_called_by_its_name(
    sandbox: Sandbox, lead: Connection, shown: Board, force: bool
) -> None:
    del sandbox.portal.stages[REVIEW]
    with pytest.raises(Refusal) as refused:
        stage_edits.rename(
            connection=lead, ref=REF, stage_id=REVIEW, title="QA", shown=shown, force=force
        )
    assert refused.value.message == "Review was deleted meanwhile."
    assert refused.value.status == 404
    assert portal.writes(sandbox) == []


def test_a_form_does_not_take_back_what_its_person_left_alone(
    sandbox: Sandbox, lead: Connection, shown: Board
) -> None:
    renamed_elsewhere(sandbox)
    stage_edits.change(
        connection=lead,
        ref=REF,
        stage_id=DOING,
        title="In progress",
        color="ABCDEF",
        after_id=BACKLOG,
        shown=shown,
    )
    stage = sandbox.portal.board(BOARD)[1]
    assert (stage.title, stage.color) == ("Doing", "ABCDEF")
