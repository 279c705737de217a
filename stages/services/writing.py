"""The one way in which edits reach a portal: read, plan, send, read back, compare, note down.

Every edit, whether dropped, typed, posted by a program or undone, takes this way, under the board's
lease and by one deadline.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from stages.bitrix24 import batch, errors
from stages.domain import edits, version
from stages.domain.board import Board, BoardRef
from stages.domain.details import BoardDetails
from stages.domain.edits import AddStage, Edit
from stages.services import (
    confirming,
    intents,
    reading,
    reconciling,
    refusals,
    sending,
    turns,
    words,
)
from stages.services.connections import Connection
from stages.services.history import recording
from stages.services.history.recording import Note
from stages.services.intents import Intent
from stages.services.outcome import Outcome
from stages.services.reading import Reading
from stages.services.refusals import Refusal
from stages.services.sending import Sent
from stages.services.turns import Turn

Draft = Callable[[Board], Sequence[Edit]]


class Manner(TypedDict, total=False):
    """How an edit is made.

    `shown` is the board as a page showed it, `force` makes an edit that conflicts with what others
    did since; `if_match` is the version a program has read, the only one it wants to edit.
    """

    shown: Board | None
    if_match: str | None
    force: bool
    as_admin: bool
    note: Note


def write(connection: Connection, ref: BoardRef, draft: Draft, **manner: Unpack[Manner]) -> Outcome:
    """Draft edits on a board just read, send them in one request and return what came of them.

    Three requests when nothing fails: the read, the edits, the read that confirms them. A Refusal
    carries the board as it is afterwards, where that could be read.
    """
    asked: list[Edit] = []

    def noting(board: Board) -> list[Edit]:
        asked[:] = draft(board)
        return asked

    with turns.taken(connection, ref, as_admin=manner.get("as_admin", False)) as turn:
        outcome = _written(turn, noting, manner.get("note") or Note(), manner.get("if_match"))
    # What was made already, by an attempt whose answer nobody waited for, is not somebody else's.
    return outcome.beside(manner.get("shown"), outcome.wanted or asked)


def _written(turn: Turn, draft: Draft, note: Note, if_match: str | None) -> Outcome:
    read = turn.read()
    try:
        require_version(read.board, if_match)
        wanted = planned(read, draft)
    except Refusal as refusal:
        with words.in_words():
            refusal.board = reading.complete(turn.connection, read)
        raise
    if not wanted:
        with words.in_words():
            return Outcome(read.board, (), reading.complete(turn.connection, read))
    return _sent(turn, read, draft, wanted, note, if_match)


def require_version(board: Board, if_match: str | None) -> None:
    """Refuse to edit a board that is not as the program has read it, where it names a version."""
    if if_match is not None and if_match != version.of(board):
        raise refusals.board_changed()


def planned(read: Reading, draft: Draft) -> tuple[Edit, ...]:
    """Return the planned edits that change the board, each judged on what the ones before leave."""
    if read.barrier:
        raise words.may_not_edit(read.barrier)
    board, wanted = read.board, []
    for edit in draft(board):
        if missing := edits.missing(edit, board):
            raise refusals.stage_not_found(min(missing))
        if not edits.changes_nothing(edit, board):
            wanted.append(edit)
            board = edits.apply(edit, board)
    return tuple(wanted)


def _sent(
    turn: Turn,
    read: Reading,
    draft: Draft,
    wanted: tuple[Edit, ...],
    note: Note,
    if_match: str | None,
) -> Outcome:
    """Send what is wanted; where that fails in passing, send what is missing once more."""
    now, missing, untitled = read, wanted, frozenset[int]()
    made_by = recording.by(turn.connection)
    intent = Intent(read.board, read.title, wanted, read.as_admin, note, made_by)
    may_be_done = repeated = False
    while True:
        turn.lease.intend(intent.dump())
        sent = sending.send(turn.connection, now, missing, untitled=untitled)
        failure = sent.failure
        may_be_done = may_be_done or sent.may_have_run
        # An order of more than 50 moves has used up what a board of that size is worth.
        brief = len(missing) > batch.SIZE
        details = confirming.read_back(
            turn, read, intent, sent.expected, failure, may_be_done=may_be_done, brief=brief
        )
        if failure is None and _nothing_came(intent, sent, details):
            failure = errors.UnexpectedAnswer(description="the board is as it was before the edit")
        if failure is None or (may_be_done and intent.is_done(details.board)):
            added = _added(intent, sent, details)
            change = intents.finish_as(
                turn.connection, turn.lease, intent, details.board, intent.wanted, added
            )
            return Outcome(intent.before, intent.wanted, details, added, change)
        if isinstance(failure, errors.NoAnswerInTime):
            # Left unsettled: nobody else writes while it may be at work.
            refusal = words.explain_edit(failure, done=0, of=len(wanted))
        elif sent.untitled and sent.untitled not in untitled:
            untitled |= {sent.untitled}
            refusal = None
        elif repeated or not isinstance(failure, reconciling.PASSING):
            intents.finish(turn.connection, turn.lease, intent, details.board)
            done = len(intent.shown(details.board))
            refusal = words.explain_edit(failure, done=done, of=len(intent.wanted))
        else:
            repeated, refusal = True, None
        if refusal:
            refusal.board = details
            raise refusal from failure
        now = replace(read, board=details.board)
        missing = _planned_again(turn, now, draft, intent, details, if_match)
        intent = _replanned(intent, missing, details.board)


def _nothing_came(intent: Intent, sent: Sent, details: BoardDetails) -> bool:
    """Tell whether the portal has said `true` of edits of which its board shows nothing at all."""
    before = version.of(intent.before)
    return version.of(details.board) == before != version.of(sent.expected)


def _replanned(intent: Intent, missing: tuple[Edit, ...], now: Board) -> Intent:
    """Return what is intended once the rest was planned anew: it need not be the rest of the first.

    Where nothing was made, others may have edited since: the edits are of the board as it is now.
    """
    made = intent.shown(now)
    if not made:
        return replace(intent, before=now, wanted=missing)
    return replace(intent, wanted=(*made, *missing))


def _planned_again(
    turn: Turn,
    now: Reading,
    draft: Draft,
    intent: Intent,
    details: BoardDetails,
    if_match: str | None,
) -> tuple[Edit, ...]:
    try:
        # What was begun is finished; where nothing was made, others may have been first by now.
        if not intent.shown(now.board):
            require_version(now.board, if_match)
        return planned(now, draft)
    except Refusal as refusal:
        intents.finish(turn.connection, turn.lease, intent, details.board)
        words.add_made(refusal, done=len(intent.shown(details.board)), of=len(intent.wanted))
        refusal.board = details
        raise


def _added(intent: Intent, sent: Sent, details: BoardDetails) -> int | None:
    """Return the id of the stage that was added: as answered, else as recognised on the board."""
    if not any(isinstance(edit, AddStage) for edit in intent.wanted):
        return None
    answered = set(sent.expected.order) - {*intent.before.order, edits.UNNUMBERED}
    return max(answered, default=None) or intents.added_by(
        intent.wanted, intent.before, details.board
    )
