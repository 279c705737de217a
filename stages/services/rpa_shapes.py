"""RPA as JSON, with the names and the structure of the portal's documentation.

https://apidocs.bitrix24.com/api-reference/outdated/rpa/stage/rpa-stage-get.html
"""

from __future__ import annotations

from stages.domain.rpa import RpaStage, RpaTask, RpaType
from stages.services.shapes import Row


def type_as_json(process: RpaType) -> Row:
    return {"id": process.id, "title": process.title}


def stage_as_json(stage: RpaStage) -> Row:
    """Return a stage; what only the reading of a single one tells is left out of a list's."""
    row: Row = {
        "id": stage.id,
        "name": stage.name,
        "code": stage.code,
        "color": stage.color.digits,
        "sort": stage.sort,
        "semantic": stage.semantic.value if stage.semantic else None,
        "typeId": stage.type_id,
        "isFirst": stage.is_first,
        "isSuccess": stage.is_success,
        "isFail": stage.is_fail,
        "possibleNextStages": list(stage.possible_next_stages),
    }
    if stage.fields is not None:
        row["fields"] = {what: dict.fromkeys(names, True) for what, names in stage.fields}
    if stage.tasks is not None:
        row["tasks"] = [_task_as_json(task) for task in stage.tasks]
    if stage.robots_count is not None:
        row["robotsCount"] = stage.robots_count
    if stage.permissions is not None:
        row["permissions"] = {
            "droppable": stage.permissions.droppable,
            "canMoveFrom": stage.permissions.can_move_from,
        }
    return row


def _task_as_json(task: RpaTask) -> Row:
    return {
        "title": task.title,
        "robotType": task.robot_type,
        "robotName": task.robot_name,
        "canAppendResponsibles": task.can_append_responsibles,
        "users": [
            {
                "id": f"U{user.id}",
                "entityId": user.id,
                "entityType": "users",
                "name": user.name,
                "url": user.path,
            }
            for user in task.users
        ],
    }
