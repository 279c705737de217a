"""The history of the boards that a person may read now, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stages.domain.board import Board, BoardRef
from stages.domain.details import BoardDetails
from stages.models import Change
from stages.services.boards import ListedBoard
from stages.services.changes import descriptions, past, progress, readable, undoable
from stages.services.changes.descriptions import Line
from stages.services.changes.past import Numbers
from stages.services.changes.readable import Readable
from stages.services.connections import Connection

PAGE = 50

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
    that takes long how far it is.
    """

    id: int
    board: BoardRef | None
    board_title: str
    at: datetime
    actor: str
    source: str
    as_admin: bool
    action: str
    stage_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    undoes: int | None
    undone: bool
    why_not: str
    sentence: str
    lines: tuple[Line, ...]
    progress: dict[str, Any] | None = None

    @property
    def can_undo(self) -> bool:
        return not self.why_not

    @property
    def from_where(self) -> str:
        return _FROM.get(self.source, self.source)

    @property
    def is_edit(self) -> bool:
        return self.board is not None and self.why_not != undoable.NO_EDIT


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the history; `count` is how many changes all pages have."""

    entries: tuple[Entry, ...]
    count: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def newer(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def older(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def changes(
    *,
    connection: Connection,
    board: BoardRef | None = None,
    person: int | None = None,
    page: int = 1,
    size: int = PAGE,
    as_admin: bool = False,
    fresh: BoardDetails | None = None,
) -> Listed:
    """Return a page of the changes, of one board or person where they are named.

    `person` is a user's number; `as_admin` opens the one board that is named; `fresh` is it as just
    read, where it is at hand. Whether a change can be undone is judged on that, else on what was
    last stored, without a request.
    """
    seen = readable.find(connection, board, as_admin=as_admin)
    found = readable.changes(connection, seen)
    if board is not None:
        found = found.filter(board=connection.board_key(board))
    if person is not None:
        found = found.filter(user_id=person)
    count = found.count()
    page = min(max(1, page), max(1, -(-count // size)))
    rows = list(
        found.select_related("stage", "undone_by", "undone_by__undone_by").order_by("-pk")[
            (page - 1) * size : page * size
        ]
    )
    return Listed(_entries(connection, seen, rows, fresh), count, page, size)


def entry(*, connection: Connection, change_id: int, as_admin: bool = False) -> Entry:
    """Return one change; refuse what is not to be seen."""
    change, board = readable.change(connection, change_id, as_admin=as_admin)
    return _entries(connection, {change.board: board} if board else {}, [change], None)[0]


def boards(
    *, connection: Connection, board: BoardRef | None = None, as_admin: bool = False
) -> tuple[ListedBoard, ...]:
    """Return the boards that have changes to be seen, and the one that is named, by title."""
    found = readable.find(connection)
    if board is not None:
        found |= readable.find(connection, board, as_admin=as_admin)
    return tuple(sorted(found.values(), key=lambda one: one.title.casefold()))


def people(*, connection: Connection) -> tuple[tuple[int, str], ...]:
    """Return who made the changes that may be seen: the users' numbers and names."""
    rows = readable.changes(connection, readable.find(connection)).exclude(user=None)
    named = dict(rows.order_by("pk").values_list("user_id", "actor").distinct())
    return tuple(sorted(named.items(), key=lambda row: row[1].casefold()))


def _entries(
    connection: Connection,
    boards: Readable,
    rows: Sequence[Change],
    fresh: BoardDetails | None,
) -> tuple[Entry, ...]:
    if not rows:
        return ()
    of_boards = {row.board for row in rows if row.board in boards}
    later: dict[str, list[Change]] = defaultdict(list)
    since = Change.objects.filter(
        portal=connection.portal, board__in=of_boards, pk__gte=min(row.pk for row in rows)
    )
    for change in since.only("board", "edits", "undoes_id", "after", "action").order_by("pk"):
        if past.is_edit(change):
            later[change.board].append(change)
    # Read last: a change that is made meanwhile may speak of stages that were unknown before.
    known = past.numbers(connection.portal, of_boards)
    now = {
        board: past.board(changes[-1].after, boards[board].ref, known)
        for board, changes in later.items()
    }
    if fresh:
        now[connection.board_key(fresh.board.ref)] = fresh.board
    return tuple(
        _entry(row, readable.board_of(connection, row), boards, known, later[row.board], now, fresh)
        for row in rows
    )


def _entry(
    change: Change,
    ref: BoardRef | None,
    boards: Readable,
    known: Numbers,
    later: Sequence[Change],
    now: dict[str, Board],
    fresh: BoardDetails | None,
) -> Entry:
    board = boards.get(change.board)
    told = descriptions.describe(change, ref, known)
    return Entry(
        id=change.pk,
        board=ref,
        board_title=board.title if board else str(ref or ""),
        at=change.at,
        actor=change.actor,
        source=change.source,
        as_admin=change.as_admin,
        action=change.action,
        stage_id=change.stage.stage_id if change.stage else None,
        before=told.before,
        after=told.after,
        undoes=change.undoes_id,
        undone=undoable.is_undone(change),
        why_not=_why_not(change, boards, known, later, now, fresh),
        sentence=told.sentence,
        lines=told.lines,
        progress=progress.of(change),
    )


def _why_not(
    change: Change,
    boards: Readable,
    known: Numbers,
    later: Sequence[Change],
    now: dict[str, Board],
    fresh: BoardDetails | None,
) -> str:
    refused = undoable.whatever_the_board(change)
    board = boards.get(change.board)
    if refused or board is None:
        return refused or undoable.NO_EDIT
    may_edit = fresh.can_edit if fresh and fresh.board.ref == board.ref else board.can_edit
    if not may_edit:
        return board.why_not or "You may not edit this board."
    found = undoable.wanted(change, now[change.board], known, later)
    return found if isinstance(found, str) else ""
