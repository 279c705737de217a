"""rpa.*: processes and their stages, read only."""

from __future__ import annotations

import re

from sandbox.errors import RestError
from sandbox.methods import filters
from sandbox.methods.base import Method
from sandbox.php import Json, to_array, to_int
from sandbox.process import Call, Page
from sandbox.seed.rpa import RpaStage, RpaType

DETAILS = ("tasks", "robotsCount", "permissions")


def type_list(call: Call) -> Page:
    """List the processes."""
    rows = filters.select(
        [
            {"id": kind.id, "title": kind.title, "image": kind.image, "createdBy": kind.created_by}
            for kind in call.portal.rpa_types.values()
        ],
        call.params.get("filter"),
    )
    rows = filters.order(rows, to_array(call.params.get("order")))
    types = call.portal.rpa_types
    return filters.page(
        rows, call.start, lambda part: {"types": [_type(types[to_int(row["id"])]) for row in part]}
    )


def type_get(call: Call) -> Json:
    """Return one process."""
    return {"type": _type(_find_type(call, call.params.get("id")))}


def stage_list(call: Call) -> Json:
    """List the stages of a process in short form, without paging."""
    kind = _find_type(call, call.params.get("typeId"))
    return {
        "stages": [
            {key: value for key, value in _stage(kind, stage).items() if key not in DETAILS}
            for stage in kind.stages
        ]
    }


def stage_get(call: Call) -> Json:
    """Return one stage with its tasks; flat where the portal follows the documentation."""
    if call.params.get("id") is None:
        raise RestError("100", "Could not find value for parameter {id}")
    stage_id = to_int(call.params["id"])
    for kind in call.portal.rpa_types.values():
        for stage in kind.stages:
            if stage.id == stage_id:
                shown = _stage(kind, stage)
                return shown if call.process.switches.rpa_flat else {"stage": shown}
    raise RestError("100", "Could not construct parameter {stage}")


def _find_type(call: Call, type_id: object) -> RpaType:
    digits = re.fullmatch(r"\d+", str(type_id))
    kind = call.portal.rpa_types.get(int(digits[0])) if digits else None
    if kind is None:
        raise RestError("100", "Could not construct parameter {type}")
    return kind


def _type(kind: RpaType) -> Json:
    permission: Json = {
        "id": kind.id * 10,
        "entity": "TYPE",
        "entityId": kind.id,
        "accessCode": "UA",
        "action": "ITEMS_CREATE",
        "permission": "X",
    }
    return {
        "id": kind.id,
        "title": kind.title,
        "image": kind.image,
        "createdBy": kind.created_by,
        "settings": [],
        "permissions": [permission],
    }


def _stage(kind: RpaType, stage: RpaStage) -> dict[str, Json]:
    position = kind.stages.index(stage)
    return {
        "id": stage.id,
        "name": stage.name,
        "code": stage.code,
        "color": stage.color,
        "sort": (position + 1) * 1000,
        "semantic": stage.semantic,
        "typeId": kind.id,
        "isFirst": position == 0,
        "isSuccess": stage.semantic == "SUCCESS",
        "isFail": stage.semantic == "FAIL",
        "tasks": [dict(task) for task in stage.tasks],
        "robotsCount": stage.robots_count,
        "fields": {"VISIBLE": {f"UF_RPA_{kind.id}_NAME": True}, "EDITABLE": []},
        "possibleNextStages": [other.id for other in kind.stages[position + 1 :]],
        "permissions": {"droppable": True, "canMoveFrom": stage.semantic is None},
    }


METHODS = (
    Method("rpa.type.list", type_list, ("rpa",)),
    Method("rpa.type.get", type_get, ("rpa",)),
    Method("rpa.stage.listForType", stage_list, ("rpa",)),
    Method("rpa.stage.get", stage_get, ("rpa",)),
)
