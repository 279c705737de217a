"""Stored changes with the numbers that the portal has for their stages today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stages.domain import edit_json
from stages.domain.board import Board, BoardRef
from stages.domain.edits import MoveStage
from stages.domain.undo import Past
from stages.models import Change, Portal, StageKey

Numbers = Mapping[int, int]

NOWHERE = BoardRef(0)  # for boards of which only the stages count


def numbers(portal: Portal, boards: Iterable[str]) -> Numbers:
    """Return the portal's numbers of today by the keys of the history, for those boards.

    To be read after the changes they are for: an undo may give a stage its key anew meanwhile.
    """
    rows = StageKey.objects.filter(portal=portal, board__in=set(boards))
    return dict(rows.values_list("pk", "stage_id"))


def load(change: Change, ref: BoardRef, known: Numbers) -> Past:
    """Return what a change did."""
    then = {row["key"]: row["id"] for rows in (change.before, change.after) for row in rows or ()}
    number = {**then, **known}.__getitem__
    return Past(
        tuple(edit_json.load_edit(row, number) for row in change.edits),
        board(change.before, ref, known),
        board(change.after, ref, known),
    )


def board(rows: Sequence[Mapping[str, Any]] | None, ref: BoardRef, known: Numbers) -> Board:
    """Return a stored board; a stage that is forgotten has the number that it had then."""
    return edit_json.load_board(
        ref, [{**row, "id": known.get(row["key"], row["id"])} for row in rows or ()]
    )


def keys(*boards: Sequence[Mapping[str, Any]] | None) -> Numbers:
    """Return numbers that leave the stages of stored boards under their keys."""
    return {row["key"]: row["key"] for rows in boards for row in rows or ()}


def is_edit(change: Change) -> bool:
    """Tell whether a change is one of a board's stages, not of tasks or of who may do what."""
    return bool(change.edits)


def moved_since(change: Change, later: Iterable[Change], known: Numbers) -> frozenset[int]:
    """Return the stages that later changes moved, those left out that were undone again.

    `later` are the changes of the same board, the oldest first.
    """
    roots: dict[int, int] = {}
    moved: dict[int, tuple[int, ...]] = {}
    for one in later:
        if one.pk <= change.pk:
            continue
        root = roots[one.pk] = roots.get(one.undoes_id or 0, one.pk)
        if root != one.pk and root in moved:
            del moved[root]
        else:
            # No stage of the portal has the number 0, which stands for one that is forgotten.
            moves = [edit_json.load_edit(row, lambda key: known.get(key, 0)) for row in one.edits]
            moved[root] = tuple(edit.stage_id for edit in moves if isinstance(edit, MoveStage))
    return frozenset(stage_id for ids in moved.values() for stage_id in ids)
