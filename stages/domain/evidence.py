"""What of some edits a board that was read later shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stages.domain import edits
from stages.domain.board import Board
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage


def shown(wanted: Sequence[Edit], before: Board, actual: Board) -> tuple[Edit, ...]:
    """Return those of the edits of `before` that the later board shows.

    An added stage is recognised by an id that is new, its title and colour; a move by its place
    once all the edits are made.
    """
    expected = before
    for edit in wanted:
        if not edits.missing(edit, expected):
            expected = edits.apply(edit, expected)
    new = Counter((one.name, one.color) for one in actual.stages if one.id not in before)
    found = []
    for edit in wanted:
        if isinstance(edit, AddStage):
            new[edit.title, edit.color] -= 1
            shows = new[edit.title, edit.color] >= 0
        else:
            shows = _shows(edit, expected, actual)
        if shows:
            found.append(edit)
    return tuple(found)


def all_show(wanted: Sequence[Edit], before: Board, actual: Board) -> bool:
    return len(shown(wanted, before, actual)) == len(wanted)


def _shows(
    edit: RenameStage | RecolorStage | MoveStage | RemoveStage, expected: Board, actual: Board
) -> bool:
    if isinstance(edit, RemoveStage):
        return edit.stage_id not in actual
    if edit.stage_id not in actual:
        return False
    match edit:
        case RenameStage(stage_id, title):
            return actual[stage_id].title == title
        case RecolorStage(stage_id, color):
            return actual[stage_id].color == color
        case MoveStage(stage_id):
            return stage_id in expected and _same_place(stage_id, expected, actual)


def _same_place(stage_id: int, expected: Board, actual: Board) -> bool:
    """Tell whether a stage stands where it should, after the same known stage or at the start."""
    anchor, found = expected.anchor_of(stage_id), actual.anchor_of(stage_id)
    if expected.order.index(stage_id) and anchor == edits.UNNUMBERED:
        # A stage that the edits add: whatever number it got, it is a new one.
        return found not in expected.order
    return found == anchor
