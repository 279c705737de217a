"""Seeing what became of edits that were sent: the portal is asked, not guessed.

A write is never repeated because its answer was lost; the board is read until it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stages.bitrix24 import errors
from stages.bitrix24.clock import Deadline
from stages.domain import evidence
from stages.domain.board import Board
from stages.domain.details import BoardDetails
from stages.domain.edits import Edit

# After these it is open whether the edits were made; a moment later a read tells.
UNSETTLED = (
    errors.ConnectionLost,
    errors.UnexpectedAnswer,
    errors.PortalFault,
    errors.UnknownError,
)

# After these, what a read shows to be missing is sent once more. Silence is not among them: what
# was sent may still be at work.
PASSING = (*UNSETTLED, errors.LimitExceeded)

_SETTLING = 1.0  # seconds until a read tells
_MAY_PASS = (*PASSING, errors.Unreachable)
_READS = 3  # of a board whose edit was answered: who made it waits for no more


def look(
    read: Callable[[], BoardDetails],
    *,
    before: Board,
    wanted: Sequence[Edit],
    failure: errors.Bitrix24Error | None,
    deadline: Deadline,
) -> BoardDetails:
    """Return the board after edits whose sending ended with `failure`; raise where it stays unread.

    After silence it is read until it shows the edits, or until the deadline.
    """
    if isinstance(failure, UNSETTLED):
        deadline.pause(_SETTLING)
    if not isinstance(failure, errors.NoAnswerInTime):
        return patiently(read, deadline, times=_READS)
    while True:
        details = patiently(read, deadline)
        if evidence.all_show(wanted, before, details.board) or deadline.left < 2 * _SETTLING:
            return details
        deadline.pause(_SETTLING)


def patiently(
    read: Callable[[], BoardDetails], deadline: Deadline, *, times: int | None = None
) -> BoardDetails:
    """Read, again where that fails in passing: so many times, or until the deadline."""
    tried = 0
    while True:
        try:
            return read()
        except _MAY_PASS:
            tried += 1
            if tried == times or deadline.left < 2 * _SETTLING:
                raise
        deadline.pause(_SETTLING)
