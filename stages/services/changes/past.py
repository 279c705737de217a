"""Stored changes with the numbers that the portal has for their stages today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from stages.domain import edit_json
from stages.domain.board import Board, BoardRef
from stages.domain.edits import MoveStage
from stages.domain.undo import Past
from stages.models import Change, Portal, StageKey

Numbers = Mapping[int, int]

_MOVING = (
    Change.Action.MOVE,
    Change.Action.REORDER,
    Change.Action.CHANGE,
    Change.Action.RESTORE,
)
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


def moves_since(portal: Portal, boards: Collection[str], since: int) -> QuerySet[Change]:
    """Return the changes after one of that number that `moved_since` looks at, the oldest first."""
    later = Change.objects.filter(portal=portal, board__in=boards, pk__gt=since)
    moving = later.filter(Q(action__in=_MOVING) | Q(undoes__isnull=False))
    return moving.only("board", "edits", "undoes_id").order_by("pk")


def moves(change: Change) -> bool:
    """Tell whether a change moved a stage, so that later moves of it stand against an undo."""
    return any(row["edit"] == "move" for row in change.edits)


def moved_since(change: Change, later: Iterable[Change], known: Numbers) -> frozenset[int]:
    """Return the stages that later changes moved, those left out that were undone again.

    `later` are the changes of the same board as `moves_since` has them.
    """
    if not moves(change):
        return frozenset()
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
            edits = [edit_json.load_edit(row, lambda key: known.get(key, 0)) for row in one.edits]
            moved[root] = tuple(edit.stage_id for edit in edits if isinstance(edit, MoveStage))
    return frozenset(stage_id for ids in moved.values() for stage_id in ids)
