"""Stages of groups' Kanbans and of My Planner. Scope: task."""

from __future__ import annotations

from stages.bitrix24.command import Command
from stages.bitrix24.payloads import task_stages as payloads
from stages.domain.color import Color
from stages.domain.stage import Stage

# `entity_id` is a group's id, or 0 for the connected person's My Planner.


def get(*, entity_id: int, as_admin: bool = False) -> Command[tuple[Stage, ...]]:
    """Read a board's stages; a board that has none gets the default ones by this.

    https://apidocs.bitrix24.com/api-reference/tasks/stages/task-stages-get.html
    """
    return Command(
        "task.stages.get",
        {"entityId": entity_id, "isAdmin": _flag(as_admin)},
        payloads.stages,
    )


def add(
    *, entity_id: int, title: str, color: Color, after_id: int, as_admin: bool = False
) -> Command[int]:
    """Add a stage after another one, or at the start for 0, and return its id.

    https://apidocs.bitrix24.com/api-reference/tasks/stages/task-stages-add.html
    """
    return Command(
        "task.stages.add",
        {
            "fields": {
                "ENTITY_ID": entity_id,
                "TITLE": title,
                "COLOR": color.digits,
                "AFTER_ID": after_id,
            },
            "isAdmin": _flag(as_admin),
        },
        payloads.new_id,
        writes=True,
    )


def update(
    *,
    stage_id: int,
    title: str | None = None,
    color: Color | None = None,
    after_id: int | None = None,
    as_admin: bool = False,
) -> Command[None]:
    """Change what is given of a stage; `after_id` 0 moves it to the start.

    https://apidocs.bitrix24.com/api-reference/tasks/stages/task-stages-update.html
    """
    return Command(
        "task.stages.update",
        {
            "id": stage_id,
            "fields": {
                "TITLE": title,
                "COLOR": None if color is None else color.digits,
                "AFTER_ID": after_id,
            },
            "isAdmin": _flag(as_admin),
        },
        payloads.done,
        writes=True,
    )


def delete(*, stage_id: int, as_admin: bool = False) -> Command[None]:
    """Remove a stage that has no tasks.

    https://apidocs.bitrix24.com/api-reference/tasks/stages/task-stages-delete.html
    """
    return Command(
        "task.stages.delete",
        {"id": stage_id, "isAdmin": _flag(as_admin)},
        payloads.done,
        writes=True,
    )


def can_move_task(*, entity_id: int) -> Command[bool]:
    """Tell whether the connected person may move the tasks of a group.

    https://apidocs.bitrix24.com/api-reference/tasks/stages/task-stages-can-move-task.html
    """
    return Command(
        "task.stages.canmovetask", {"entityId": entity_id, "entityType": "G"}, payloads.flag
    )


def move_task(*, task_id: int, stage_id: int) -> Command[bool]:
    """Move a task to a stage; False where a scrum task has no place on the board.

    https://apidocs.bitrix24.com/api-reference/tasks/stages/task-stages-move-task.html
    """
    return Command(
        "task.stages.movetask",
        {"id": task_id, "stageId": stage_id},
        payloads.flag,
        writes=True,
    )


def _flag(as_admin: bool) -> bool | None:
    return True if as_admin else None
