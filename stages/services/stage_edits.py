"""The edits of one board: move, rename, recolour, add, reorder; for deletion see stage_removal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from stages.domain import color as colors
from stages.domain import ordering
from stages.domain import title as titles
from stages.domain.board import Board, BoardRef
from stages.domain.color import Color
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RenameStage
from stages.services import refusals, writing
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.writing import Manner


def move(
    *, connection: Connection, ref: BoardRef, stage_id: int, after_id: int, **manner: Unpack[Manner]
) -> Outcome:
    """Put a stage right after another, or at the start where `after_id` is 0."""
    return writing.write(connection, ref, lambda _board: [MoveStage(stage_id, after_id)], **manner)


def reorder(
    *, connection: Connection, ref: BoardRef, order: Sequence[int], **manner: Unpack[Manner]
) -> Outcome:
    """Give the stages a new order with the fewest moves; `order` names every stage once."""

    def plan(board: Board) -> list[Edit]:
        try:
            return [MoveStage(*move) for move in ordering.moves(board.order, order)]
        except ValueError:
            raise refusals.invalid("An order has to name every stage of the board once.") from None

    return writing.write(connection, ref, plan, **manner)


def rename(
    *, connection: Connection, ref: BoardRef, stage_id: int, title: str, **manner: Unpack[Manner]
) -> Outcome:
    new = _title(title)
    return writing.write(connection, ref, lambda _board: [RenameStage(stage_id, new)], **manner)


def recolor(
    *, connection: Connection, ref: BoardRef, stage_id: int, color: str, **manner: Unpack[Manner]
) -> Outcome:
    new = _color(color)
    return writing.write(connection, ref, lambda _board: [RecolorStage(stage_id, new)], **manner)


def change(
    *,
    connection: Connection,
    ref: BoardRef,
    stage_id: int,
    title: str,
    color: str,
    after_id: int,
    **manner: Unpack[Manner],
) -> Outcome:
    """Give a stage a title, a colour and a place; what is as it was is not sent."""
    new_title, new_color = _title(title), _color(color)

    def plan(_board: Board) -> list[Edit]:
        return [
            RenameStage(stage_id, new_title),
            RecolorStage(stage_id, new_color),
            MoveStage(stage_id, after_id),
        ]

    return writing.write(connection, ref, plan, **manner)


def add(
    *,
    connection: Connection,
    ref: BoardRef,
    title: str,
    color: str = "",
    after_id: int | None,
    **manner: Unpack[Manner],
) -> Outcome:
    """Add a stage: after another, at the start (0) or at the end (None).

    Without a colour it gets the next of the portal's defaults.
    """
    new = _title(title)
    chosen = _color(color) if color else None

    def plan(board: Board) -> list[Edit]:
        after = after_id if after_id is not None else (board.order[-1] if board.order else 0)
        used = tuple(stage.color for stage in board.stages)
        return [AddStage(new, chosen or colors.next_default(used), after)]

    return writing.write(connection, ref, plan, **manner)


def _title(text: str) -> str:
    try:
        return titles.parse(text)
    except ValueError as error:
        raise refusals.invalid(str(error)) from None


def _color(text: str) -> Color:
    try:
        return Color.parse(text)
    except ValueError:
        raise refusals.invalid("A colour is six hex digits, such as #00C4FB.") from None
