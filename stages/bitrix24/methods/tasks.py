"""Tasks. Scope: task."""

from __future__ import annotations

from collections.abc import Sequence

from stages.bitrix24.command import Command, JSONValue
from stages.bitrix24.page import Page
from stages.bitrix24.payloads import tasks as payloads
from stages.domain.task import Task

_COMPLETED = 5


def count(
    *, entity_id: int, stage_id: int, is_first: bool = False, completed: bool | None = None
) -> Command[int | None]:
    """Count the tasks of a stage that the connected person can see, None where not counted.

    https://apidocs.bitrix24.com/api-reference/tasks/tasks-task-list.html
    """
    return Command(
        "tasks.task.list",
        {"filter": _in_stage(entity_id, stage_id, is_first, completed), "select": ["ID"]},
        payloads.count,
    )


def in_stage(
    *,
    entity_id: int,
    stage_id: int,
    is_first: bool = False,
    ids: Sequence[int] | None = None,
    start: int = 0,
) -> Command[Page[Task]]:
    """List the tasks of a stage that the connected person can see, oldest first: all, or of some.

    https://apidocs.bitrix24.com/api-reference/tasks/tasks-task-list.html
    """
    some: dict[str, JSONValue] = {} if ids is None else {"ID": list(ids)}
    return Command(
        "tasks.task.list",
        {
            "filter": {**_in_stage(entity_id, stage_id, is_first), **some},
            "select": ["ID", "TITLE", "STAGE_ID", "STATUS"],
            "order": {"ID": "ASC"},
            "start": start,
        },
        payloads.tasks,
    )


def _in_stage(
    entity_id: int, stage_id: int, is_first: bool, completed: bool | None = None
) -> dict[str, JSONValue]:
    """Return the filter; the portal ignores a misspelt key and then answers with every task."""
    status = {None: {}, True: {"REAL_STATUS": _COMPLETED}, False: {"!REAL_STATUS": _COMPLETED}}
    if not entity_id:
        # My Planner's stages are another column of a task than its group's stage.
        return {"STAGES_ID": stage_id, **status[completed]}
    # A task never moved has no stage, and its board shows it in the first one.
    stage_ids = [0, stage_id] if is_first else [stage_id]
    return {"GROUP_ID": entity_id, "STAGE_ID": stage_ids, **status[completed]}
