"""Which of a person's changes the next undo and the next redo take back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbers of changes, the next one last."""

    undo: tuple[int, ...]
    redo: tuple[int, ...]


def stacks(changes: Iterable[tuple[int, int | None, int]]) -> Steps:
    """Return what changes leave to undo and redo: each with the one it undoes, the oldest first.

    The third number is a change's depth. At 0 it is an edit: after it nothing is to be redone. One
    that undoes an edit, at 1, can be redone; one that undoes such an undo, at 2, is the edit again.
    """
    undo: list[int] = []
    redo: list[int] = []
    for change, undone, depth in changes:
        if not depth:
            redo.clear()
        undo, redo = ([one for one in stack if one != undone] for stack in (undo, redo))
        (redo if depth % 2 else undo).append(change)
    return Steps(tuple(undo), tuple(redo))
