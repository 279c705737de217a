"""Where an edit meets what somebody else did to the same thing since the board was shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from stages.domain.board import Board
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RenameStage


class Kind(Enum):
    TITLE = "title"
    COLOR = "colour"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two wishes for one thing: `mine` was meant for a stage that was shown as `name`.

    For a title or a colour, `theirs` and `mine` are the values; for an anchor, `theirs` is the name
    of the stage that is gone, and `mine` that of the one an edit made all the same would come
    after, "" for the start.
    """

    kind: Kind
    name: str
    theirs: str
    mine: str


def find(edit: Edit, shown: Board, actual: Board) -> Conflict | None:
    """Return what keeps an edit, meant for the board as shown, from being made without asking."""
    if isinstance(edit, AddStage | MoveStage):
        return _of_anchor(edit, shown, actual)
    if edit.stage_id not in shown or edit.stage_id not in actual:
        return None
    old, now = shown[edit.stage_id], actual[edit.stage_id]
    match edit:
        case RenameStage(_, title) if now.name not in (old.name, title):
            return Conflict(Kind.TITLE, old.name, now.name, title)
        case RecolorStage(_, color) if now.color not in (old.color, color):
            return Conflict(Kind.COLOR, old.name, now.color.css, color.css)
    return None


def forced(edit: Edit, shown: Board, actual: Board) -> Edit:
    """Return the edit as it is made all the same: a lost anchor gives way to its neighbour."""
    if isinstance(edit, AddStage | MoveStage) and _lost(edit.after_id, shown, actual):
        return replace(edit, after_id=surviving(edit, shown, actual))
    return edit


def surviving(edit: AddStage | MoveStage, shown: Board, actual: Board) -> int:
    """Return the nearest left neighbour of a lost anchor that is still there, 0 for the start."""
    own = edit.stage_id if isinstance(edit, MoveStage) else None
    left = shown.order[: shown.order.index(edit.after_id)]
    return next((one for one in reversed(left) if one in actual and one != own), 0)


def _of_anchor(edit: AddStage | MoveStage, shown: Board, actual: Board) -> Conflict | None:
    if not _lost(edit.after_id, shown, actual):
        return None
    anchor = surviving(edit, shown, actual)
    if isinstance(edit, AddStage):
        name = edit.title
    elif edit.stage_id not in shown or edit.stage_id not in actual:
        return None
    else:
        name = shown[edit.stage_id].name
    mine = actual[anchor].name if anchor else ""
    return Conflict(Kind.ANCHOR, name, shown[edit.after_id].name, mine)


def _lost(after_id: int, shown: Board, actual: Board) -> bool:
    return bool(after_id) and after_id in shown and after_id not in actual
