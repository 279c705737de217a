"""Edits of a board as it was read: of no other version."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from stages.domain import version
from stages.domain.board import Board
from stages.domain.task_moves import Removal
from stages.services import stage_edits, stage_removal
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.refusals import Refusal
from stages.services.removal_words import Stopped
from stages.services.task_moves import Progress
from tests import portal
from tests.services import removals
from tests.services.foreign import BOARD, DOING, REF, REVIEW, renamed_elsewhere
from tests.services.removals import Meet


def recolor(connection: Connection, board: Board) -> Outcome:
    """Recolour Review, as long as the board is as it was."""
    return stage_edits.recolor(
        connection=connection, ref=REF, stage_id=REVIEW, color="ABCDEF", if_match=version.of(board)
    )


def test_a_board_of_another_version_is_left_alone(
    sandbox: Sandbox, lead: Connection, shown: Board
) -> None:
    renamed_elsewhere(sandbox)
    with pytest.raises(Refusal) as refused:
        recolor(lead, shown)
    assert (refused.value.code, refused.value.status) == ("BOARD_CHANGED", 412)
    assert portal.writes(sandbox) == []


def test_a_board_of_the_same_version_is_edited(lead: Connection, shown: Board) -> None:
    outcome = recolor(lead, shown)
    assert outcome.details.board[REVIEW].color.digits == "ABCDEF"


def test_what_is_sent_again_is_meant_for_the_same_version(
    sandbox: Sandbox, meet: Meet, shown: Board
) -> None:
    sandbox.faults.arm("server_error", method="task.stages.update")
    connection = meet({3: lambda: renamed_elsewhere(sandbox)})
    with pytest.raises(Refusal) as refused:
        recolor(connection, shown)
    assert refused.value.code == "BOARD_CHANGED"
    assert sandbox.portal.board(BOARD)[2].color != "ABCDEF"


def test_a_deletion_ends_where_the_board_is_another_one_between_its_portions(
    sandbox: Sandbox, lead: Connection, shown: Board
) -> None:
    removals.everything_visible(sandbox)
    tag = version.of(shown)
    run = Removal(DOING, REVIEW)
    begun = stage_removal.remove(connection=lead, ref=REF, run=run, if_match=tag)
    assert isinstance(begun, Progress)
    assert isinstance(begun.run, Removal)
    stage_edits.rename(connection=lead, ref=REF, stage_id=REVIEW, title="QA", if_match=tag)
    with pytest.raises(Stopped) as stopped:
        stage_removal.remove(connection=lead, ref=REF, run=begun.run, if_match=tag)
    assert (stopped.value.code, stopped.value.status) == ("BOARD_CHANGED", 412)
    assert "50 of 120 tasks had moved to QA" in stopped.value.message
    assert DOING in portal.ids(sandbox, BOARD)
