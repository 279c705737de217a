"""Edits: one planned write to a board each, what it makes of the board, and what takes it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from stages.domain.board import Board
from stages.domain.color import Color
from stages.domain.stage import Stage


@dataclass(frozen=True, slots=True)
class AddStage:
    """A new stage after `after_id`, 0 for the start."""

    title: str
    color: Color
    after_id: int


@dataclass(frozen=True, slots=True)
class RenameStage:
    stage_id: int
    title: str


@dataclass(frozen=True, slots=True)
class RecolorStage:
    stage_id: int
    color: Color


@dataclass(frozen=True, slots=True)
class MoveStage:
    """Put a stage right after `after_id`, 0 for the start."""

    stage_id: int
    after_id: int


@dataclass(frozen=True, slots=True)
class RemoveStage:
    stage_id: int


Edit = AddStage | RenameStage | RecolorStage | MoveStage | RemoveStage

UNNUMBERED = 0  # a stage the portal has not given an id yet


def named(edits: Collection[Edit]) -> frozenset[int]:
    """Return the ids of the stages that edits name."""
    stages = {edit.stage_id for edit in edits if not isinstance(edit, AddStage)}
    anchors = {edit.after_id for edit in edits if isinstance(edit, AddStage | MoveStage)}
    return frozenset(stages | (anchors - {0}))


def missing(edit: Edit, board: Board) -> frozenset[int]:
    """Return the ids the edit names that the board does not have: it cannot be planned on it."""
    return named([edit]) - set(board.order)


def apply(edit: Edit, board: Board, *, new_id: int | None = None) -> Board:
    """Return the board the edit is meant to leave; ids, titles, colours and order count, not sort.

    An added stage has the id 0 unless the portal has given it one already. Raises ValueError for
    ids the board does not have.
    """
    if missing(edit, board):
        raise ValueError(f"{edit} does not fit the board {board.ref}")
    match edit:
        case AddStage(title, color, after_id):
            added = Stage(new_id or UNNUMBERED, title, color, sort=0)
            return replace(board, stages=_inserted(board.stages, added, after_id))
        case RenameStage(stage_id, title):
            return _replaced(board, replace(board[stage_id], title=title))
        case RecolorStage(stage_id, color):
            return _replaced(board, replace(board[stage_id], color=color))
        case MoveStage(stage_id, after_id):
            if stage_id == after_id:
                return board
            moved = board[stage_id]
            return replace(board, stages=_inserted(_without(board, stage_id), moved, after_id))
        case RemoveStage(stage_id):
            return replace(board, stages=_without(board, stage_id))


def inverse(edit: Edit, before: Board, *, added: int | None = None) -> Edit:
    """Return the edit that takes this one back, given the board before it.

    `added` is the id of the stage that was added. A removed stage comes back as a new one, since
    the portal never gives an id twice, and under the name people saw.
    """
    match edit:
        case AddStage():
            if added is None:
                raise ValueError("a stage that was added has an id")
            return RemoveStage(added)
        case RenameStage(stage_id):
            return RenameStage(stage_id, before[stage_id].name)
        case RecolorStage(stage_id):
            return RecolorStage(stage_id, before[stage_id].color)
        case MoveStage(stage_id):
            return MoveStage(stage_id, before.anchor_of(stage_id))
        case RemoveStage(stage_id):
            gone = before[stage_id]
            return AddStage(gone.name, gone.color, before.anchor_of(stage_id))


def is_added_by(edit: Edit, stage: Stage) -> bool:
    """Tell whether a stage that is new on its board is the one the edit adds: by its title.

    Somebody may have given it another colour within the second.
    """
    return isinstance(edit, AddStage) and stage.title == edit.title


def changes_nothing(edit: Edit, board: Board) -> bool:
    """Tell whether the board already is as the edit wants it: then nothing is sent."""
    match edit:
        case AddStage() | RemoveStage():
            return False
        case RenameStage(stage_id, title):
            # A stage stored without a title keeps that: people see its name all the same.
            return title in (board[stage_id].title, board[stage_id].name)
    return apply(edit, board) == board


def _without(board: Board, stage_id: int) -> tuple[Stage, ...]:
    return tuple(stage for stage in board.stages if stage.id != stage_id)


def _replaced(board: Board, new: Stage) -> Board:
    return replace(
        board, stages=tuple(new if stage.id == new.id else stage for stage in board.stages)
    )


def _inserted(stages: tuple[Stage, ...], stage: Stage, after_id: int) -> tuple[Stage, ...]:
    ids = [existing.id for existing in stages]
    position = ids.index(after_id) + 1 if after_id else 0
    return (*stages[:position], stage, *stages[position:])
