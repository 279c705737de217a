"""Edits in words: "Review is now after Doing."."""

from __future__ import annotations

from collections.abc import Sequence

from stages.domain.board import Board
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage


def describe(sent: Sequence[Edit], before: Board) -> str:
    """Return what edits did to a board, in one sentence; none: that nothing had to be done."""
    if not sent:
        return "Nothing had to be changed."
    if len(sent) > 1:
        return f"The stages are in their new order; {len(sent)} of them moved."
    return _sentence(sent[0], before)


def _sentence(edit: Edit, before: Board) -> str:
    match edit:
        case AddStage(title, _color, after_id):
            return f"{title} was added {_place(after_id, before)}."
        case RenameStage(stage_id, title):
            return f"{before[stage_id].name} is now called {title}."
        case RecolorStage(stage_id, color):
            return f"{before[stage_id].name} has its new colour, {color.css}."
        case MoveStage(stage_id, after_id):
            place = _place(after_id, before)
            first = " New tasks will land there." if after_id == 0 else _new_first(stage_id, before)
            return f"{before[stage_id].name} is now {place}.{first}"
        case RemoveStage(stage_id):
            return f"{before[stage_id].name} was deleted."


def _place(after_id: int, board: Board) -> str:
    return f"after {board[after_id].name}" if after_id else "at the start"


def _new_first(moved_id: int, before: Board) -> str:
    """Say who is first now where the stage that was first has moved away."""
    if before.first is None or before.first.id != moved_id:
        return ""
    return f" New tasks will land in {before.stages[1].name}."
