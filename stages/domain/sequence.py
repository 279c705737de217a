"""Which of a person's changes the next undo and the next redo take back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbers of changes, the next one last."""

    undo: tuple[int, ...]
    redo: tuple[int, ...]


def stacks(changes: Iterable[tuple[int, int | None]]) -> Steps:
    """Return what changes leave to undo and redo: each with the one it undoes, the oldest first.

    A change that undoes none is an edit: after it nothing is to be redone. One that undoes an edit
    can be redone, and one that undoes such an undo is that edit again.
    """
    undo: list[int] = []
    redo: list[int] = []
    for change, undone in changes:
        if undone is None:
            undo.append(change)
            redo.clear()
        elif undone in redo:
            redo.remove(undone)
            undo.append(change)
        else:
            # Of somebody else's change, or one from before the first, an undo is an undo too.
            if undone in undo:
                undo.remove(undone)
            redo.append(change)
    return Steps(tuple(undo), tuple(redo))
