"""What of some edits a board that was read later shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stages.domain import edits
from stages.domain.board import Board
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage


def shown(wanted: Sequence[Edit], before: Board, actual: Board) -> tuple[Edit, ...]:
    """Return those of the edits of `before` that the later board shows.

    An added stage is recognised by an id that is new and its title. Moves are made one
    after the other, so the order tells how many were; where it is like after none of them, since
    others moved stages too, each is judged by its place once all the edits are made.
    """
    steps = _steps(wanted, before)
    moves = _made(steps, actual)
    new = Counter(one.title for one in actual.stages if one.id not in before)
    found = []
    for number, edit in enumerate(wanted):
        if isinstance(edit, AddStage):
            new[edit.title] -= 1
            shows = new[edit.title] >= 0
        elif isinstance(edit, MoveStage) and moves is not None and edit.stage_id in actual:
            shows = number < moves
        else:
            shows = _shows(edit, steps[-1], actual)
        if shows:
            found.append(edit)
    return tuple(found)


def all_show(wanted: Sequence[Edit], before: Board, actual: Board) -> bool:
    return len(shown(wanted, before, actual)) == len(wanted)


def _steps(wanted: Sequence[Edit], before: Board) -> list[Board]:
    """Return the board before the edits, and after each of them."""
    steps = [before]
    for edit in wanted:
        gone = edits.missing(edit, steps[-1])
        steps.append(steps[-1] if gone else edits.apply(edit, steps[-1]))
    return steps


def _made(steps: Sequence[Board], actual: Board) -> int | None:
    """Return after how many edits the stages that are left stood in the order they have now."""
    for number in reversed(range(len(steps))):
        known = [one for one in actual.order if one in steps[number]]
        if [one for one in steps[number].order if one in actual] == known:
            return number
    return None


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
