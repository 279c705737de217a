"""Boards: the list of them, and one with its stages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.core.cache import cache

from stages.bitrix24.command import Command
from stages.bitrix24.methods import groups
from stages.bitrix24.page import Page
from stages.domain import access
from stages.domain.access import Barrier, Grant, GroupType
from stages.domain.board import LARGEST_ID, MY_PLANNER, BoardRef
from stages.domain.details import BoardDetails, StageDetails
from stages.services import intents, reading, refusals, words
from stages.services.connections import Connection
from stages.services.history import earlier

# The list is asked for at every key somebody types into the search; names and roles change rarely.
_LIST_IS_FRESH_FOR = 20  # seconds
_LONGEST_LIST = 10_000  # groups; a larger total is a portal's mistake

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListedBoard:
    """A board in the list; `barrier` is why the connected person may not edit it."""

    ref: BoardRef
    title: str
    closed: bool = False
    barrier: Barrier | None = None

    @property
    def can_edit(self) -> bool:
        return self.barrier is None

    @property
    def why_not(self) -> str:
        return words.BARRIERS[self.barrier] if self.barrier else ""


@words.in_words()
def fetch(*, connection: Connection, ref: BoardRef, as_admin: bool = False) -> BoardDetails:
    """Return a group's board or the connected person's planner.

    At most two requests; one more to act as administrator of the portal.
    """
    read = reading.begin(connection, ref, as_admin=as_admin)
    intents.notice(connection, read)
    earlier.note_shown(connection, read.board)
    return reading.complete(connection, read)


def find_stage(*, details: BoardDetails, stage_id: int) -> StageDetails:
    """Return a stage of a board that was fetched; refuse, showing the board, where it has none."""
    try:
        return details.stage(stage_id)
    except KeyError:
        refusal = refusals.stage_not_found(stage_id)
        refusal.board = details
        raise refusal from None


@words.in_words()
def list_boards(*, connection: Connection, search: str = "") -> tuple[ListedBoard, ...]:
    """Return My Planner and the groups the connected person sees, nearest first.

    A lent connection shows the groups it was lent for. `search` keeps the boards whose title holds
    each of its words, in any case.
    """
    key = f"boards:{connection.id}"
    boards: tuple[ListedBoard, ...] | None = cache.get(key)
    if boards is None:
        boards = _read_list(connection)
        cache.set(key, boards, _LIST_IS_FRESH_FOR)
    if connection.grant:
        boards = _lent(boards, connection.grant)
    wanted = search.casefold().split()
    return tuple(
        board for board in boards if all(word in board.title.casefold() for word in wanted)
    )


def _lent(boards: Sequence[ListedBoard], grant: Grant) -> tuple[ListedBoard, ...]:
    """Return what of its owner's list a lent connection opens."""
    return tuple(
        replace(board, barrier=access.lent(board.barrier, grant))
        for board in boards
        if grant.opens(board.ref)
    )


def _nearest_first(board: ListedBoard) -> tuple[bool, bool, bool, str]:
    """Sort what may be edited before one's other groups, and those before everybody else's."""
    stranger = board.barrier is Barrier.NOT_MEMBER
    return not board.can_edit, stranger, board.closed, board.title.casefold()


def _read_list(connection: Connection) -> tuple[ListedBoard, ...]:
    first_groups, first_types, my_roles = groups.get_groups(), groups.types(), groups.my_roles()
    answers = connection.client.batch([first_groups, first_types, my_roles])
    roles = answers[my_roles]
    found = _all_pages(connection, answers[first_groups], groups.get_groups)
    # The type needs a scope of its own; a connection without it goes by the role alone.
    types: dict[int, GroupType] = {}
    if not answers.error(first_types):
        types = dict(_all_pages(connection, answers[first_types], groups.types))
    listed = [
        ListedBoard(
            BoardRef(group.id),
            group.name,
            group.closed,
            access.barrier(roles.get(group.id), types.get(group.id)),
        )
        for group in found
        if 0 < group.id <= LARGEST_ID
    ]
    listed.sort(key=_nearest_first)
    return (ListedBoard(MY_PLANNER, "My Planner"), *listed)


def _all_pages(
    connection: Connection, first: Page[T], page: Callable[..., Command[Page[T]]]
) -> tuple[T, ...]:
    """Return the items of all pages; those after the first travel together."""
    if not first.next or first.total is None:
        return first.items
    last = min(first.total, _LONGEST_LIST)
    rest = [page(start=start) for start in range(first.next, last, first.next)]
    answers = connection.client.batch(rest)
    return (*first.items, *(item for command in rest for item in answers[command].items))
