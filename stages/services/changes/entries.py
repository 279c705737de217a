"""Changes as they are told: what was done, and whether it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stages.domain.board import Board, BoardRef
from stages.domain.details import BoardDetails
from stages.models import Change
from stages.services.changes import descriptions, past, progress, readable, returns, undoable
from stages.services.changes.descriptions import Line
from stages.services.changes.past import Numbers
from stages.services.changes.readable import Readable
from stages.services.changes.undoable import Undoings
from stages.services.connections import Connection

_FROM = {
    "page": "on the page",
    "api": "by the API",
    "command line": "on the command line",
    "frame": "in the portal",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as it is told: to people by `sentence` and `lines`, to programs by the rest.

    `before` and `after` are {title, color, after_id} for one stage, {stage_ids} for an order, None
    where there is none; all numbers are those that the portal has today. `progress` says of work
    that takes long how far it is. `brings_back` is a deletion whose undo, asked for once more,
    brings back the tasks that wait for it.
    """

    id: int
    board: BoardRef | None
    board_title: str
    at: datetime
    actor: str
    acting_as: str
    source: str
    as_admin: bool
    action: str
    stage_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    undoes: int | None
    undone: bool
    why_not: str
    is_undo: bool
    sentence: str
    lines: tuple[Line, ...]
    progress: dict[str, Any] | None = None
    brings_back: int | None = None

    @property
    def can_undo(self) -> bool:
        return not self.why_not

    @property
    def who(self) -> str:
        """Who it was and, where somebody had lent them their rights, as whom."""
        return f"{self.actor}, as {self.acting_as}" if self.acting_as else self.actor

    @property
    def from_where(self) -> str:
        return _FROM.get(self.source, self.source)

    @property
    def is_edit(self) -> bool:
        return self.board is not None and self.why_not != undoable.NO_EDIT


def tell(
    connection: Connection,
    boards: Readable,
    rows: Sequence[Change],
    *,
    fresh: BoardDetails | None = None,
) -> tuple[Entry, ...]:
    """Return changes, with their stages at hand, as entries; `fresh` as in `listing.changes`."""
    if not rows:
        return ()
    portal, of_boards = connection.portal, {row.board for row in rows if row.board in boards}
    pictures = {board: _newest(connection, board) for board in of_boards}
    undone = undoable.undoings(portal, of_boards, since=min(row.pk for row in rows))
    moving = [row for row in rows if row.board in of_boards and past.moves(row)]
    later: Sequence[Change] = ()
    if moving:
        since = min(row.pk for row in moving)
        later = list(past.moves_since(portal, {row.board for row in moving}, since))
    # Read last: a change that is made meanwhile may speak of stages that were unknown before.
    known = past.numbers(portal, of_boards)
    now = {
        board: past.board(picture, boards[board].ref, known) for board, picture in pictures.items()
    }
    may_edit = {board for board in of_boards if boards[board].can_edit}
    if fresh:
        board = connection.board_key(fresh.board.ref)
        now[board] = fresh.board
        may_edit = may_edit - {board} | ({board} if fresh.can_edit else set())
    deletions = Change.objects.filter(pk__in=[row.undoes_id for row in rows if row.undoes_id])
    moved = dict(deletions.values_list("pk", "moved_tasks"))
    telling = _Telling(connection, boards, known, undone, later, now, may_edit, moved)
    return tuple(telling.entry(row) for row in rows)


def _newest(connection: Connection, board: str) -> list[dict[str, Any]]:
    """Return the stages of a board as its last edit left them."""
    edits = Change.objects.filter(portal=connection.portal, board=board).exclude(edits=[])
    return edits.order_by("-pk").values_list("after", flat=True).first() or []


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is known when changes are told, by their boards; `later` as in past.moves_since."""

    connection: Connection
    boards: Readable
    known: Numbers
    undone: Undoings
    later: Sequence[Change]
    now: Mapping[str, Board]
    may_edit: Collection[str]
    moved_tasks: Mapping[int, dict[str, Any] | None]

    def entry(self, change: Change) -> Entry:
        board, ref = self.boards.get(change.board), readable.board_of(self.connection, change)
        told = descriptions.describe(change, ref, self.known)
        return Entry(
            id=change.pk,
            board=ref,
            board_title=board.title if board else str(ref or ""),
            at=change.at,
            actor=change.actor,
            acting_as=change.acting_as,
            source=change.source,
            as_admin=change.as_admin,
            action=change.action,
            stage_id=change.stage.stage_id if change.stage else None,
            before=told.before,
            after=told.after,
            undoes=change.undoes_id,
            undone=undoable.is_undone(change, self.undone),
            why_not=self._why_not(change),
            is_undo=change.is_undo,
            sentence=told.sentence,
            lines=told.lines,
            progress=progress.of(change),
            brings_back=change.undoes_id if self._waits(change) else None,
        )

    def _waits(self, undo: Change) -> bool:
        """Tell whether tasks wait to follow the stage that an undo brought back."""
        moved = self.moved_tasks.get(undo.undoes_id or 0)
        if not moved or undo.board not in self.may_edit or undoable.is_undone(undo, self.undone):
            return False
        return returns.pending(undo, moved, self.known, self.now[undo.board]) is not None

    def _why_not(self, change: Change) -> str:
        refused = undoable.whatever_the_board(change, self.undone)
        if refused or change.board not in self.boards:
            return refused or undoable.NO_EDIT
        if change.board not in self.may_edit:
            return self.boards[change.board].why_not or "You may not edit this board."
        of_board = (one for one in self.later if one.board == change.board)
        now = self.now[change.board]
        found = undoable.wanted(change, now, self.known, of_board, self.undone)
        return found if isinstance(found, str) else ""
