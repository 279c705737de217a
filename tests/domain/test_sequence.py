from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.domain import sequence


@pytest.mark.parametrize(
    ("changes", "undo", "redo"),
    [
        ([], (), ()),
        ([(1, None, 0), (2, None, 0)], (1, 2), ()),
        ([(1, None, 0), (2, None, 0), (3, 2, 1)], (1,), (3,)),
        ([(1, None, 0), (2, None, 0), (3, 2, 1), (4, 1, 1)], (), (3, 4)),
        ([(1, None, 0), (2, None, 0), (3, 2, 1), (4, 3, 2)], (1, 4), ()),
        ([(1, None, 0), (2, 1, 1), (3, None, 0)], (3,), ()),
        ([(1, None, 0), (2, 1, 1), (3, None, 0), (4, 2, 2)], (3, 4), ()),
        ([(5, 4, 1)], (), (5,)),
        ([(5, 4, 2)], (5,), ()),
    ],
    ids=[
        "nothing",
        "edits",
        "an undo",
        "two",
        "a redo",
        "an edit after an undo",
        "a redo after that",
        "an undo of another's",
        "a redo of another's",
    ],
)
def test_the_next_step_is_the_last_of_its_kind(
    changes: list[tuple[int, int | None, int]], undo: tuple[int, ...], redo: tuple[int, ...]
) -> None:
    assert sequence.stacks(changes) == sequence.Steps(undo, redo)


@given(st.lists(st.sampled_from(["edit", "undo", "redo"])))
def test_stacks_replayed_are_those_that_a_page_keeps(acts: list[str]) -> None:
    undo: list[int] = []
    redo: list[int] = []
    changes: list[tuple[int, int | None, int]] = []
    depths: dict[int, int] = {}
    for number, act in enumerate(acts, start=1):
        if act == "edit":
            changes.append((number, None, 0))
            undo.append(number)
            redo.clear()
            continue
        source, target = (undo, redo) if act == "undo" else (redo, undo)
        if source:
            undone = source.pop()
            depths[number] = depths.get(undone, 0) + 1
            changes.append((number, undone, depths[number]))
            target.append(number)
    assert sequence.stacks(changes) == sequence.Steps(tuple(undo), tuple(redo))
