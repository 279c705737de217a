"""The history of the boards that a person may read now, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from stages.domain.board import BoardRef
from stages.domain.details import BoardDetails
from stages.models import Change
from stages.services.boards import ListedBoard
from stages.services.changes import entries, readable
from stages.services.changes.entries import Entry
from stages.services.connections import Connection

PAGE = 50


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
    rows = found.select_related("stage").order_by("-pk")[(page - 1) * size : page * size]
    return Listed(entries.tell(connection, seen, list(rows), fresh=fresh), count, page, size)


def entry(*, connection: Connection, change_id: int, as_admin: bool = False) -> Entry:
    """Return one change; refuse what is not to be seen."""
    change, board = readable.change(connection, change_id, as_admin=as_admin)
    return entries.tell(connection, {change.board: board} if board else {}, [change])[0]


def made(*, connection: Connection, details: BoardDetails, change_id: int) -> Entry:
    """Return a change of a board that has just been read, without a request."""
    change = Change.objects.select_related("stage").get(portal=connection.portal, pk=change_id)
    board = ListedBoard(details.board.ref, details.title, details.closed, details.barrier)
    return entries.tell(connection, {change.board: board}, [change], fresh=details)[0]


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
    newest = rows.values("user_id").annotate(newest=Max("pk")).values("newest")
    named = Change.objects.filter(pk__in=newest).values_list("user_id", "actor")
    found = [(number, name) for number, name in named if number is not None]
    return tuple(sorted(found, key=lambda row: row[1].casefold()))
