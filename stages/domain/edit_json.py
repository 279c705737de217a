"""Edits and boards as JSON, for what has to outlive a process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stages.domain.board import Board, BoardRef
from stages.domain.color import Color
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.domain.stage import Stage, SystemType

Row = dict[str, Any]
Number = Callable[[int], int]


def _same(stage_id: int) -> int:
    return stage_id


def dump_edit(edit: Edit, number: Number = _same) -> Row:
    """Return an edit as JSON; `number` says what stands for a stage's id (0, the start, stays)."""

    def anchor(after_id: int) -> int:
        return number(after_id) if after_id else 0

    match edit:
        case AddStage(title, color, after_id):
            row = {"title": title, "color": color.digits, "after": anchor(after_id)}
            return {"edit": "add", **row}
        case RenameStage(stage_id, title):
            return {"edit": "rename", "stage": number(stage_id), "title": title}
        case RecolorStage(stage_id, color):
            return {"edit": "recolor", "stage": number(stage_id), "color": color.digits}
        case MoveStage(stage_id, after_id):
            return {"edit": "move", "stage": number(stage_id), "after": anchor(after_id)}
        case RemoveStage(stage_id):
            return {"edit": "delete", "stage": number(stage_id)}


def load_edit(row: Mapping[str, Any], number: Number = _same) -> Edit:
    """Return the edit that `dump_edit` made JSON of; `number` turns back what stands for ids."""

    def anchor(after: int) -> int:
        return number(after) if after else 0

    match row:
        case {"edit": "add", "title": title, "color": color, "after": after}:
            return AddStage(title, Color(color), anchor(after))
        case {"edit": "rename", "stage": stage, "title": title}:
            return RenameStage(number(stage), title)
        case {"edit": "recolor", "stage": stage, "color": color}:
            return RecolorStage(number(stage), Color(color))
        case {"edit": "move", "stage": stage, "after": after}:
            return MoveStage(number(stage), anchor(after))
        case {"edit": "delete", "stage": stage}:
            return RemoveStage(number(stage))
        case _:
            raise ValueError(f"{row!r} is no edit")


def dump_stages(board: Board, keys: Mapping[int, int] | None = None) -> list[Row]:
    """Return a board's stages in order; with `keys`, each also by its key in the history."""
    return [
        {
            **({"key": keys[stage.id]} if keys is not None else {}),
            "id": stage.id,
            "title": stage.title,
            "color": stage.color.digits,
            "system_type": stage.system_type.value if stage.system_type else None,
        }
        for stage in board.stages
    ]


def load_board(ref: BoardRef, rows: Sequence[Mapping[str, Any]]) -> Board:
    """Return the board that `dump_stages` made rows of; `sort` is lost, the order is not."""
    return Board(
        ref,
        tuple(
            Stage(
                row["id"],
                row["title"],
                Color(row["color"]),
                sort=0,
                system_type=SystemType(row["system_type"]) if row["system_type"] else None,
            )
            for row in rows
        ),
    )
