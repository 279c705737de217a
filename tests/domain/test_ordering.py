from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.domain import ordering
from stages.domain.ordering import Move


def replayed(current: Sequence[int], moves: Sequence[Move]) -> list[int]:
    """The order after the moves, made the way the portal makes them: out, and in after another."""
    order = list(current)
    for stage_id, after_id in moves:
        order.remove(stage_id)
        order.insert(order.index(after_id) + 1 if after_id else 0, stage_id)
    return order


def distances_from(start: tuple[int, ...]) -> dict[tuple[int, ...], int]:
    """The fewest moves to every permutation, by trying all of them (breadth first)."""
    found = {start: 0}
    waiting = deque([start])
    while waiting:
        order = waiting.popleft()
        for taken in range(len(order)):
            rest = order[:taken] + order[taken + 1 :]
            for place in range(len(order)):
                reached = (*rest[:place], order[taken], *rest[place:])
                if reached not in found:
                    found[reached] = found[order] + 1
                    waiting.append(reached)
    return found


@pytest.mark.parametrize("size", range(8))
def test_no_order_of_up_to_seven_takes_fewer_moves(size: int) -> None:
    start = tuple(range(1, size + 1))
    distances = distances_from(start)
    assert len(distances) == len(list(permutations(start)))
    for wanted, fewest in distances.items():
        moves = ordering.moves(start, wanted)
        assert len(moves) == fewest
        assert replayed(start, moves) == list(wanted)


@st.composite
def two_orders(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    ids = draw(st.lists(st.integers(1, 10**6), max_size=60, unique=True))
    return ids, draw(st.permutations(ids))


def longest_run(values: Sequence[int]) -> int:
    """The length of the longest increasing run, the slow and obvious way."""
    lengths: list[int] = []
    for index, value in enumerate(values):
        lengths.append(1 + max((lengths[i] for i in range(index) if values[i] < value), default=0))
    return max(lengths, default=0)


@settings(max_examples=500)
@given(two_orders())
def test_every_stage_outside_a_longest_run_moves_once(orders: tuple[list[int], list[int]]) -> None:
    current, wanted = orders
    moves = ordering.moves(current, wanted)
    assert replayed(current, moves) == wanted
    assert len({move.stage_id for move in moves}) == len(moves)
    run = longest_run([current.index(stage_id) for stage_id in wanted])
    assert len(moves) == len(current) - run


def test_an_order_that_is_there_already_takes_no_move() -> None:
    assert ordering.moves([3, 1, 2], [3, 1, 2]) == ()


@pytest.mark.parametrize("wanted", [[1, 2], [1, 2, 4], [1, 2, 2], [1, 2, 3, 4]])
def test_an_order_of_other_stages_is_refused(wanted: list[int]) -> None:
    with pytest.raises(ValueError, match="not a permutation"):
        ordering.moves([1, 2, 3], wanted)
