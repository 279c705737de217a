"""What edits a wish comes to on a board, known only once that board was read.

A stage is named by its id or by its title (`stage_names`), so that no read is needed to tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from stages.domain import color as colors
from stages.domain import conflicts, edits, ordering
from stages.domain import title as titles
from stages.domain.board import Board
from stages.domain.color import Color
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RenameStage
from stages.services import refusals, stage_names, words
from stages.services.stage_names import Named
from stages.services.writing import Draft


def move(stage: Named, *, after: Named | None) -> Draft:
    """Put a stage right after another, at the start (0) or at the end (None)."""

    def draft(board: Board) -> list[Edit]:
        stage_id = stage_names.find(board, stage)
        return [MoveStage(stage_id, _anchor(board, after, without=stage_id))]

    return draft


def reorder(order: Sequence[Named]) -> Draft:
    """Give the stages a new order with the fewest moves; `order` names every stage once."""
    fitted: list[Board] = []

    def draft(board: Board) -> list[Edit]:
        wanted = [stage_names.find(board, stage) for stage in order]
        try:
            moves = ordering.moves(board.order, wanted)
        except ValueError:
            if fitted:
                raise refusals.order_outdated() from None
            message = "An order has to name every stage of the board once."
            raise refusals.invalid(message, field="stage_ids") from None
        fitted.append(board)
        return [MoveStage(*move) for move in moves]

    return draft


def rename(stage: Named, title: str) -> Draft:
    new = _title(title)
    return lambda board: [RenameStage(stage_names.find(board, stage), new)]


def recolor(stage: Named, color: str) -> Draft:
    new = _color(color)
    return lambda board: [RecolorStage(stage_names.find(board, stage), new)]


def change(
    stage: Named,
    *,
    title: str | None = None,
    color: str | None = None,
    after: Named | None = None,
    shown: Board | None = None,
) -> Draft:
    """Give a stage a title, a colour and a place; None, and what is as it was, come to nothing.

    So does what is as it was `shown`: a form repeats what its person has not touched.
    """
    wishes = []
    if title is not None:
        wishes.append(rename(stage, title))
    if color is not None:
        wishes.append(recolor(stage, color))
    if after is not None:
        wishes.append(move(stage, after=after))

    def draft(board: Board) -> list[Edit]:
        wanted = [edit for wish in wishes for edit in wish(board)]
        return [edit for edit in wanted if not (shown and _leaves(edit, shown))]

    return draft


def add(title: str, *, color: str = "", after: Named | None) -> Draft:
    """Add a stage: after another, at the start (0) or at the end (None).

    Without a colour it gets the next of the portal's defaults.
    """
    new = _title(title)
    chosen = _color(color) if color else None

    def draft(board: Board) -> list[Edit]:
        used = tuple(stage.color for stage in board.stages)
        return [AddStage(new, chosen or colors.next_default(used), _anchor(board, after))]

    return draft


def minding(draft: Draft, *, shown: Board | None, force: bool) -> Draft:
    """Make a draft mind what others did since the board was shown.

    An edit of what they changed too is refused as Conflicting; with `force` it is made, and where
    it needs a stage that is gone, the nearest left neighbour takes its place. Of a stage that is
    gone itself the refusal says what it was called.
    """
    if shown is None:
        return draft

    def minded(board: Board) -> list[Edit]:
        wanted = list(draft(board))
        if force:
            wanted = [conflicts.forced(edit, shown, board) for edit in wanted]
        for edit in wanted:
            if not force and (conflict := conflicts.find(edit, shown, board)):
                raise words.conflict(conflict)
            for gone in edits.missing(edit, board) & set(shown.order):
                raise refusals.stage_gone(shown[gone].name)
        return wanted

    return minded


def _leaves(edit: Edit, board: Board) -> bool:
    return not edits.missing(edit, board) and edits.changes_nothing(edit, board)


def _anchor(board: Board, after: Named | None, *, without: int | None = None) -> int:
    if after is not None:
        return stage_names.find(board, after)
    return next((one for one in reversed(board.order) if one != without), 0)


def _title(text: str) -> str:
    try:
        return titles.parse(text)
    except ValueError as error:
        raise refusals.invalid(str(error), field="title") from None


def _color(text: str) -> Color:
    try:
        return Color.parse(text)
    except ValueError:
        message = "A colour is six hex digits, such as #00C4FB."
        raise refusals.invalid(message, field="color") from None
