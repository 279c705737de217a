"""Edits in words: "Review is now after Doing."."""

from __future__ import annotations

from collections.abc import Sequence

from stages.domain.board import Board
from stages.domain.differences import Added, Difference, Moved, Recolored, Removed, Renamed
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage

_LONGEST = 60  # characters of a title in a sentence
_MOST_TOLD = 3  # differences named one by one


def describe(sent: Sequence[Edit], before: Board, foreign: Sequence[Difference] = ()) -> str:
    """Return what edits did to a board, and what somebody else did meanwhile."""
    if not sent:
        done = "Nothing had to be changed."
    elif len(sent) > 1 and all(isinstance(edit, MoveStage) for edit in sent):
        done = f"The stages are in their new order; {len(sent)} of them moved."
    else:
        done = " ".join(_sentence(edit, before) for edit in sent)
    return f"{done} {meanwhile(foreign)}" if foreign else done


def meanwhile(foreign: Sequence[Difference]) -> str:
    """Return what somebody else did, in one sentence."""
    told = [_difference(one) for one in foreign[:_MOST_TOLD]]
    rest = len(foreign) - len(told)
    if rest:
        told.append(f"{rest} more change{'s' if rest > 1 else ''}")
    return f"Changed elsewhere meanwhile: {', '.join(told)}."


def shows(tasks: int) -> str:
    """Return why a stage that was just added holds tasks: those that were never moved show in the
    first stage, and the portal leaves them to a new one (docs/portal.md)."""
    many = "task that was" if tasks == 1 else "tasks that were"
    return f"{tasks} {many} never moved to a stage {'shows' if tasks == 1 else 'show'} there now."


def name(edit: Edit, before: Board) -> str:
    """Return what an edit is called where it can be undone: "move of Review"."""
    match edit:
        case AddStage(title):
            return f"adding of {_short(title)}"
        case RenameStage(stage_id):
            return f"renaming of {_called(stage_id, before)}"
        case RecolorStage(stage_id):
            return f"colour of {_called(stage_id, before)}"
        case MoveStage(stage_id):
            return f"move of {_called(stage_id, before)}"
        case RemoveStage(stage_id):
            return f"deletion of {_called(stage_id, before)}"


def name_all(edits: Sequence[Edit], before: Board) -> str:
    """Return what several edits made at once are called where they can be undone."""
    if len(edits) == 1:
        return name(edits[0], before)
    if all(isinstance(edit, MoveStage) for edit in edits):
        return "new order"
    ids = {edit.stage_id for edit in edits if not isinstance(edit, AddStage)}
    if len(ids) == 1:
        return f"changes of {_called(ids.pop(), before)}"
    return "several changes"


def _difference(one: Difference) -> str:
    match one:
        case Added(name):
            return f"{_short(name)} was added"
        case Removed(name):
            return f"{_short(name)} was deleted"
        case Renamed(old, new):
            return f"{_short(old)} was renamed to {_short(new)}"
        case Recolored(name):
            return f"{_short(name)} has another colour"
        case Moved(name):
            return f"{_short(name)} moved"


def _sentence(edit: Edit, before: Board) -> str:
    match edit:
        case AddStage(title, _color, after_id):
            first = "" if after_id else " New tasks will land there."
            return f"{_short(title)} was added {_place(after_id, before)}.{first}"
        case RenameStage(stage_id, title):
            return f"{_called(stage_id, before, 'A new stage')} is now called {_short(title)}."
        case RecolorStage(stage_id, color):
            return f"{_called(stage_id, before, 'A new stage')} has its new colour, {color.css}."
        case MoveStage(stage_id, after_id):
            place = _place(after_id, before)
            first = " New tasks will land there." if after_id == 0 else _new_first(stage_id, before)
            return f"{_called(stage_id, before, 'A new stage')} is now {place}.{first}"
        case RemoveStage(stage_id):
            return f"{_called(stage_id, before, 'A new stage')} was deleted."


def _called(stage_id: int, before: Board, new: str = "a new stage") -> str:
    """Return a stage's title; `new` for one that an earlier one of several edits has added."""
    return _short(before[stage_id].name) if stage_id in before else new


def _short(title: str) -> str:
    """Return a title that leaves room for the rest of a sentence."""
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"


def _place(after_id: int, board: Board) -> str:
    return f"after {_called(after_id, board)}" if after_id else "at the start"


def _new_first(moved_id: int, before: Board) -> str:
    """Say who is first now where the stage that was first has moved away."""
    if before.first is None or before.first.id != moved_id:
        return ""
    return f" New tasks will land in {_short(before.stages[1].name)}."
