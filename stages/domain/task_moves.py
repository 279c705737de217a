"""Moving the tasks of a stage in portions: how many at once, and what to remember in between."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from stages.domain.board import LARGEST_ID

PAGE = 50  # tasks in one page of the portal's list: what is moved while somebody waits
BATCH = 10  # tasks moved by one request: each may take the portal a while
MOST_REMEMBERED = 2000  # tasks that one run knows by id; a stage may hold more

_IDS = re.compile(r"[1-9][0-9]{0,14}(?:,[1-9][0-9]{0,14})*", re.ASCII)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Removal:
    """A stage on its way out: `moved` are the tasks that went to `target_id` in this run.

    `total` is how many there were to move, 0 before anybody looked.
    """

    stage_id: int
    target_id: int | None = None
    moved: tuple[int, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Return:
    """Tasks on their way back into a stage: `waiting` are still to be looked at.

    `back` of all `total` have come back; `restored` tells that the stage itself is a new one that
    takes the place of one deleted.
    """

    stage_id: int
    from_id: int
    waiting: tuple[int, ...]
    back: int = 0
    total: int = 0
    restored: bool = False


def parse_ids(text: str) -> tuple[int, ...]:
    """Return the ids written as `1,2,3`; ValueError for anything else and for too many."""
    if not text:
        return ()
    if not _IDS.fullmatch(text):
        raise ValueError("not a list of ids")
    ids = tuple(dict.fromkeys(int(part) for part in text.split(",")))
    if len(ids) > MOST_REMEMBERED or max(ids) > LARGEST_ID:
        raise ValueError("more ids, or larger ones, than there can be")
    return ids


def remembered(before: Iterable[int], more: Iterable[int]) -> tuple[int, ...]:
    """Return the ids of both, each once; of too many those that came last."""
    return tuple(dict.fromkeys([*before, *more]))[-MOST_REMEMBERED:]


def pages(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    return (ids[start : start + PAGE] for start in range(0, len(ids), PAGE))


def requests(tasks: int) -> int:
    """Return how many requests deleting a stage with so many tasks takes when nothing fails."""
    return max(1, math.ceil(tasks / PAGE)) + math.ceil(tasks / BATCH) + 2
