"""Reading a board back after edits were sent to it, so that what is told is what the portal has."""

from __future__ import annotations

from stages.bitrix24 import errors
from stages.domain.board import Board
from stages.domain.details import BoardDetails
from stages.services import intents, reading, reconciling, words
from stages.services.intents import Intent
from stages.services.reading import Reading
from stages.services.turns import Turn


def read_back(
    turn: Turn,
    read: Reading,
    intent: Intent,
    expected: Board,
    failure: errors.Bitrix24Error | None,
    *,
    may_be_done: bool,
    brief: bool = False,
) -> BoardDetails:
    """Return the board after edits whose sending ended with `failure`.

    Raises a Refusal that tells what is known where it stays unread: what was answered is noted down
    as the `expected` board has it, all else whoever reads the board next settles.
    """
    try:
        return reconciling.look(
            lambda: reading.again(turn.connection, read, expected, brief=brief),
            before=intent.before,
            wanted=intent.wanted,
            failure=failure,
            deadline=turn.deadline,
        )
    except errors.Bitrix24Error as error:
        if failure is None:
            added = max(set(expected.order) - set(read.board.order), default=None)
            intents.finish_as(turn.connection, turn.lease, intent, expected, intent.wanted, added)
        else:
            intents.leave(turn.lease, intent, failure, may_have_run=may_be_done)
        raise words.unconfirmed(error, failure, may_have_run=may_be_done) from error
