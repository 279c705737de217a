"""The one way in which edits reach a portal: read, plan, send, read back, compare.

Every edit, whether dropped, typed, posted by a program or undone, takes this way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from stages.bitrix24 import batch, errors
from stages.domain import differences, edits
from stages.domain.board import Board, BoardRef
from stages.domain.details import BoardDetails
from stages.domain.differences import Difference
from stages.domain.edits import AddStage, Edit
from stages.services import board_locks, reading, refusals, sending, words
from stages.services.connections import Connection
from stages.services.history import recording
from stages.services.history.recording import Note
from stages.services.outcome import Outcome
from stages.services.reading import Reading
from stages.services.refusals import Refusal
from stages.services.sending import Sent

# After these it is open whether the edits were made; a moment later a read tells.
_UNSETTLED = (
    errors.ConnectionLost,
    errors.UnexpectedAnswer,
    errors.PortalFault,
    errors.UnknownError,
)
_SETTLING = 1.0  # seconds

# After these, what a read shows to be missing is sent once more. Silence is not among them: what
# was sent may still be at work.
_PASSING = (*_UNSETTLED, errors.LimitExceeded)

Plan = Callable[[Board], Sequence[Edit]]


class Manner(TypedDict, total=False):
    """How an edit is made: on the board as a page shows it, as administrator of the portal."""

    shown: Board | None
    as_admin: bool
    note: Note


def write(connection: Connection, ref: BoardRef, plan: Plan, **manner: Unpack[Manner]) -> Outcome:
    """Plan edits on a board just read, send them in one request and return what came of them.

    Three requests when nothing fails: the read, the edits, the read that confirms them. A Refusal
    carries the board as it is afterwards, where that could be read.
    """
    with board_locks.held(f"{connection.portal.pk}/{connection.board_key(ref)}"):
        outcome = _written(
            connection,
            ref,
            plan,
            as_admin=manner.get("as_admin", False),
            note=manner.get("note") or Note(),
        )
    shown = manner.get("shown")
    return replace(outcome, foreign=_foreign(outcome, shown)) if shown else outcome


def _written(
    connection: Connection, ref: BoardRef, plan: Plan, *, as_admin: bool, note: Note
) -> Outcome:
    with words.in_words(fate="Nothing was changed."):
        read = reading.begin(connection, ref, as_admin=as_admin)
    try:
        wanted = planned(read, plan)
    except Refusal as refusal:
        with words.in_words():
            refusal.board = reading.complete(connection, read)
        raise
    if not wanted:
        with words.in_words():
            return Outcome(read.board, (), reading.complete(connection, read))
    return _sent(connection, read, plan, wanted, note)


def _foreign(outcome: Outcome, shown: Board) -> tuple[Difference, ...]:
    """Return how the board differs from what the person was shown with the edit made on it."""
    expected = shown
    for edit in outcome.wanted:
        if not edits.missing(edit, expected):
            expected = edits.apply(edit, expected, new_id=outcome.added)
    return differences.between(expected, outcome.details.board)


def planned(read: Reading, plan: Plan) -> tuple[Edit, ...]:
    """Return the planned edits that change the board, each judged on what the ones before leave."""
    if read.barrier:
        raise words.may_not_edit(read.barrier)
    board, wanted = read.board, []
    for edit in plan(board):
        if edits.missing(edit, board):
            raise refusals.stage_not_found()
        if not edits.changes_nothing(edit, board):
            wanted.append(edit)
            board = edits.apply(edit, board)
    return tuple(wanted)


def _sent(
    connection: Connection, read: Reading, plan: Plan, wanted: tuple[Edit, ...], note: Note
) -> Outcome:
    """Send what is wanted; where that fails in passing, send what is missing once more."""
    now, missing, untitled = read, wanted, frozenset[int]()
    repeated = False
    while True:
        sent = sending.send(connection, now, missing, untitled=untitled)
        # An order of more than 50 moves has used up what a board of that size is worth.
        details = _read_back(connection, read, sent, brief=len(missing) > batch.SIZE)
        shown = [edits.shows(edit, read.board, details.board) for edit in wanted]
        # Where the answer was lost on the way, the edit need not be.
        if sent.failure is None or (all(shown) and not sent.failure.did_not_run):
            added = _added(wanted, read, sent, details)
            change = recording.record(
                connection=connection,
                title=read.title,
                before=read.board,
                edits=wanted,
                after=details.board,
                added=added,
                as_admin=read.as_admin,
                note=note,
            )
            return Outcome(read.board, wanted, details, added, change.pk)
        if sent.untitled and sent.untitled not in untitled:
            untitled |= {sent.untitled}
        elif repeated or not isinstance(sent.failure, _PASSING):
            refusal = words.explain_edit(sent.failure, done=sum(shown), of=len(shown))
            refusal.board = details
            raise refusal from sent.failure
        else:
            repeated = True
        now = replace(read, board=details.board)
        missing = _planned_again(now, plan, details)


def _planned_again(now: Reading, plan: Plan, details: BoardDetails) -> tuple[Edit, ...]:
    try:
        return planned(now, plan)
    except Refusal as refusal:
        refusal.board = details
        raise


def _read_back(connection: Connection, read: Reading, sent: Sent, *, brief: bool) -> BoardDetails:
    if isinstance(sent.failure, _UNSETTLED):
        time.sleep(_SETTLING)
    try:
        return reading.again(connection, read, sent.expected, brief=brief)
    except errors.Bitrix24Error as error:
        raise words.unconfirmed(error, sent.failure) from error


def _added(wanted: Sequence[Edit], read: Reading, sent: Sent, details: BoardDetails) -> int | None:
    """Return the id of the stage that was added: as answered, else as recognised on the board."""
    if not any(isinstance(edit, AddStage) for edit in wanted):
        return None
    before = set(read.board.order)
    new = set(sent.expected.order) - before or {
        stage.id
        for stage in details.board.stages
        if stage.id not in before and any(edits.is_added_by(edit, stage) for edit in wanted)
    }
    return max(new, default=None)
