"""The fewest moves from one order of stages to another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple


class Move(NamedTuple):
    """Put `stage_id` right after `after_id`, or at the start where that is 0."""

    stage_id: int
    after_id: int


def moves(current: Sequence[int], wanted: Sequence[int]) -> tuple[Move, ...]:
    """Return the fewest moves that turn `current` into `wanted`, right when sent in this order.

    A longest run of stages already in order stays where it is; every other stage moves once, right
    after the stage that precedes it in `wanted`, which by then is where it belongs.
    Raises ValueError where `wanted` is not a permutation of `current`.
    """
    place = {stage_id: position for position, stage_id in enumerate(current)}
    if len(place) != len(current) or sorted(wanted) != sorted(current):
        raise ValueError("the wanted order is not a permutation of the current one")
    staying = longest_increasing([place[stage_id] for stage_id in wanted])
    return tuple(
        Move(stage_id, wanted[position - 1] if position else 0)
        for position, stage_id in enumerate(wanted)
        if position not in staying
    )


def longest_increasing(values: Sequence[int]) -> frozenset[int]:
    """Return the indexes of a longest increasing run of `values` (patience sorting)."""
    tops: list[int] = []  # tops[k]: the smallest value that ends an increasing run of k + 1
    ends: list[int] = []  # ends[k]: its index
    previous: list[int] = []
    for index, value in enumerate(values):
        pile = bisect_left(tops, value)
        previous.append(ends[pile - 1] if pile else -1)
        tops[pile:], ends[pile:] = (
            [value, *tops[pile + 1 :]],
            [index, *ends[pile + 1 :]],
        )
    run: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        run.add(index)
        index = previous[index]
    return frozenset(run)


def may_have_stayed(stage_id: int, old: Sequence[int], new: Sequence[int]) -> bool:
    """Tell whether the new order can have come about by moving others, as few as possible."""
    if stage_id not in old or stage_id not in new:
        return False
    place = {one: position for position, one in enumerate(old)}
    places = [place[one] for one in new if one in place]
    own = place[stage_id]
    at = places.index(own)
    left = [one for one in places[:at] if one < own]
    right = [one for one in places[at + 1 :] if one > own]
    through = len(longest_increasing(left)) + 1 + len(longest_increasing(right))
    return through == len(longest_increasing(places))
