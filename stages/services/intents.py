"""What was sent to a board and not yet seen to be done or left undone.

A holder of the board that died, or that met silence, leaves its intent on the lease. Nobody else
writes before it is settled: the board shows it, or it is too old to be at work any more. Seen, it
is noted down in the history as the edit of whoever made it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import Error, transaction

from stages.bitrix24 import errors
from stages.bitrix24.clock import Deadline
from stages.domain import edit_json, edits, evidence
from stages.domain.board import Board, BoardRef
from stages.domain.edits import AddStage, Edit
from stages.models import Change
from stages.services import database_refusals, leases, reading, refusals
from stages.services.connections import Connection
from stages.services.history import recording
from stages.services.history.recording import Note
from stages.services.leases import Lease
from stages.services.reading import Reading

logger = logging.getLogger(__name__)

_AT_WORK = 60.0  # seconds after which the portal ends any request
_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Intent:
    """Edits of a board as it was read before them, of the board's title; `made_by` as in `by`.

    `at_work`: they may run yet. Where the portal has broken off, the next read tells.
    """

    before: Board
    title: str
    wanted: tuple[Edit, ...]
    as_admin: bool
    note: Note
    made_by: dict[str, Any]
    at_work: bool = True

    def dump(self) -> dict[str, Any]:
        """Return the intent as JSON."""
        return {
            "before": edit_json.dump_stages(self.before),
            "title": self.title,
            "wanted": [edit_json.dump_edit(edit) for edit in self.wanted],
            "as_admin": self.as_admin,
            "note": asdict(self.note),
            "made_by": self.made_by,
            "at_work": self.at_work,
        }

    @classmethod
    def load(cls, ref: BoardRef, row: dict[str, Any]) -> Intent:
        note = row["note"]
        restores = tuple((key, title, color) for key, title, color in note["restores"])
        return cls(
            before=edit_json.load_board(ref, row["before"]),
            title=row["title"],
            wanted=tuple(edit_json.load_edit(edit) for edit in row["wanted"]),
            as_admin=row["as_admin"],
            note=Note(
                action=Change.Action(note["action"]) if note["action"] else None,
                undoes=note["undoes"],
                moved_tasks=tuple(note["moved_tasks"]),
                moved_to=note["moved_to"],
                restores=restores,
            ),
            made_by=row["made_by"],
            at_work=row["at_work"],
        )

    @property
    def settles_within(self) -> float:
        """The seconds after which it is made or never will be."""
        return _AT_WORK if self.at_work else 0.0

    def shown(self, board: Board) -> tuple[Edit, ...]:
        """Return those of the edits that a board shows which was read later."""
        return evidence.shown(self.wanted, self.before, board)

    def is_done(self, board: Board) -> bool:
        return len(self.shown(board)) == len(self.wanted)


def settle(
    connection: Connection,
    lease: Lease,
    read: Reading,
    again: Callable[[], Reading],
    deadline: Deadline,
) -> Reading:
    """Return a reading of a board on which no earlier edit is under way; refuse where one stays."""
    intent = _left(lease, read.board.ref)
    if intent is None:
        return read
    while not intent.is_done(read.board):
        # What comes while a read is on its way is not in it.
        if lease.age_at(read.began) >= intent.settles_within:
            break
        if deadline.left < 2 * _PAUSE:
            age = lease.age_at(deadline.clock.monotonic())
            refusal = refusals.unsettled(intent.settles_within - age)
            with suppress(errors.Bitrix24Error):
                refusal.board = reading.complete(connection, read)
            raise refusal
        deadline.pause(_PAUSE)
        read = again()
    _finish_left(connection, lease, intent, read.board)
    return read


def notice(connection: Connection, read: Reading) -> None:
    """Note down an edit that was left unsettled, where a board that was read shows it."""
    ref = read.board.ref
    with leases.held_if_unsettled(connection, ref) as lease:
        intent = _left(lease, ref) if lease else None
        if lease is None or intent is None:
            return
        over = lease.age_at(read.began) >= intent.settles_within
        if intent.is_done(read.board) or over:
            _finish_left(connection, lease, intent, read.board)


def _left(lease: Lease, ref: BoardRef) -> Intent | None:
    """Return what an earlier holder left; what nobody can read any more is forgotten."""
    if lease.intent is None:
        return None
    try:
        return Intent.load(ref, lease.intent)
    except (KeyError, TypeError, ValueError):
        logger.exception("an intent on %s cannot be read and is dropped", ref)
        lease.settle()
        return None


def _finish_left(connection: Connection, lease: Lease, intent: Intent, after: Board) -> None:
    """Note down what an earlier holder left; what cannot be noted must not block the board.

    Where the database fails by itself the intent stays, for whoever looks at the board next.
    """
    try:
        intent = _still_referring(intent)
        done = intent.shown(after)
        added = added_by(done, intent.before, after)
        finish_as(connection, lease, intent, after, done, added)
    except (Error, LookupError, ArithmeticError) as error:
        if database_refusals.is_failure(error):
            raise
        logger.exception("an edit of %s cannot be noted down", after.ref)
        lease.settle()


def _still_referring(intent: Intent) -> Intent:
    """Return the intent without references to what was deleted meanwhile."""
    note, made_by = intent.note, intent.made_by
    if not User.objects.filter(pk=made_by["user_id"]).exists():
        made_by = {**made_by, "user_id": None}
    if note.undoes and not Change.objects.filter(pk=note.undoes, undone_by=None).exists():
        note = replace(note, undoes=None)
    return replace(intent, note=note, made_by=made_by)


def leave(
    lease: Lease, intent: Intent, failure: errors.Bitrix24Error, *, may_have_run: bool
) -> None:
    """Leave an edit to whoever reads the board next, since nobody could after it failed."""
    if not may_have_run:
        lease.settle()
    elif not isinstance(failure, errors.NoAnswerInTime):
        lease.amend(replace(intent, at_work=False).dump())


def finish(connection: Connection, lease: Lease, intent: Intent, after: Board) -> int | None:
    """Note down what of an intent a board shows, and forget the intent: both or neither.

    Returns the number of the change, None where nothing was done.
    """
    done = intent.shown(after)
    return finish_as(connection, lease, intent, after, done, added_by(done, intent.before, after))


def finish_as(
    connection: Connection,
    lease: Lease,
    intent: Intent,
    after: Board,
    done: Sequence[Edit],
    added: int | None,
) -> int | None:
    """As `finish`, with the edits that are known to have been made, and the stage they added.

    Where the database fails the intent stays, for whoever looks at the board next.
    """
    note = intent.note
    if len(done) < len(intent.wanted):
        note = replace(note, in_part=True, moved_tasks=(), moved_to=None)
    with transaction.atomic():
        lease.settle()
        if not done:
            return None
        change = recording.record(
            connection=connection,
            title=intent.title,
            before=intent.before,
            edits=done,
            after=after,
            added=added,
            as_admin=intent.as_admin,
            note=note,
            made_by=intent.made_by,
        )
    return change.pk


def added_by(wanted: Sequence[Edit], before: Board, after: Board) -> int | None:
    """Return the id of the stage that was added, as it is recognised: the latest, if several."""
    new = {
        stage.id
        for stage in after.stages
        if stage.id not in before and any(edits.is_added_by(edit, stage) for edit in wanted)
    }
    adds = any(isinstance(edit, AddStage) for edit in wanted)
    return max(new, default=None) if adds else None
