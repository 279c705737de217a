"""Which stages may be removed, and why not."""

from __future__ import annotations

from enum import Enum

from stages.domain.board import Board


class Obstacle(Enum):
    """What stands in the way of removing a stage, in the order in which the portal looks."""

    FIRST = "first"
    SYSTEM = "system"
    HAS_TASKS = "has tasks"


def obstacle(board: Board, stage_id: int, task_count: int | None) -> Obstacle | None:
    """Return why this stage cannot be removed as things stand, or None.

    None is no promise: tasks the connected person cannot see count on the portal, too.
    """
    if board.first is not None and board.first.id == stage_id:
        return Obstacle.FIRST
    if board[stage_id].system_type is not None:
        return Obstacle.SYSTEM
    if task_count:
        return Obstacle.HAS_TASKS
    return None
