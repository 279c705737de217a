"""tasks.task.list and the day plan."""

from __future__ import annotations

from sandbox import rights
from sandbox.entities import Task
from sandbox.errors import RestError
from sandbox.methods import filters
from sandbox.methods.base import Method
from sandbox.php import Array, Json, Value, to_array, to_int, to_list
from sandbox.portal import Portal
from sandbox.process import Call, Page

SORTABLE = {
    "ID",
    "TITLE",
    "DATE_START",
    "CREATED_DATE",
    "CHANGED_DATE",
    "CLOSED_DATE",
    "DEADLINE",
    "PRIORITY",
    "SORTING",
    "STATUS",
    "REAL_STATUS",
    "GROUP_ID",
    "RESPONSIBLE_ID",
    "CREATED_BY",
}
SELECTABLE = (
    "ID",
    "TITLE",
    "STAGE_ID",
    "STATUS",
    "RESPONSIBLE_ID",
    "CREATED_BY",
    "CREATED_DATE",
    "DEADLINE",
    "PRIORITY",
    "GROUP_ID",
)
DAY_PLAN_SIZE = 5


def task_list(call: Call) -> Page:
    """List the tasks the caller may see."""
    order = _order(to_array(call.params.get("order")))
    chosen = _select(call.params.get("select"))
    tasks = [
        task
        for task in call.portal.tasks.values()
        if rights.sees_task(call.portal, call.person, task)
    ]
    conditions = dict(to_array(call.params.get("filter")))
    planner = conditions.pop("STAGES_ID", None)
    if planner is not None:
        stage_ids = {to_int(stage_id) for stage_id in to_list(planner)}
        tasks = [task for task in tasks if stage_ids & set(task.planner.values())]
    rows = filters.order(filters.select([_row(task) for task in tasks], conditions), order)
    page = filters.page(
        rows,
        call.start,
        lambda part: {"tasks": [_shown(call.portal, row, chosen) for row in part]},
    )
    # The controller looks at the HTTP request, so a batch loses the totals of all its commands.
    if to_int(call.process.http_params.get("start")) == -1:
        return Page(page.result)
    return page


def day_plan(call: Call) -> Json:
    """Return the ids of the caller's day plan, which is not the My Planner board."""
    mine = [
        task.id
        for task in call.portal.tasks.values()
        if task.responsible_id == call.person.id and task.status != 5
    ]
    return mine[:DAY_PLAN_SIZE]


def _order(wanted: Array) -> Array:
    order = {key.upper(): direction for key, direction in wanted.items()}
    for key in order:
        if key not in SORTABLE:
            raise RestError("0", f"Could not sort by {key}")
    return order or {"ID": "ASC"}


def _select(wanted: Value) -> list[str]:
    names = to_list(wanted) if wanted is not None else ["*"]
    if not all(isinstance(name, str) for name in names):
        raise RestError("0", "Invalid select data")
    if "*" in names or not names:
        return list(SELECTABLE)
    return [name for name in SELECTABLE if name in names]


def _row(task: Task) -> filters.Row:
    return {
        "ID": task.id,
        "TITLE": task.title,
        "STAGE_ID": task.stage_id,
        "STATUS": task.status,
        "REAL_STATUS": task.status,
        "RESPONSIBLE_ID": task.responsible_id,
        "CREATED_BY": task.created_by,
        "CREATED_DATE": task.created,
        "CHANGED_DATE": task.created,
        "DATE_START": None,
        "CLOSED_DATE": task.created if task.status == 5 else None,
        "DEADLINE": task.deadline,
        "PRIORITY": 1,
        "SORTING": task.sorting,
        "GROUP_ID": task.group_id,
    }


def _shown(portal: Portal, row: filters.Row, chosen: list[str]) -> Json:
    shown: dict[str, Json] = {}
    for name in dict.fromkeys(["ID", *chosen]):
        value = row[name]
        shown[_camel(name)] = None if value is None else str(value)
        if name == "STATUS":
            shown["subStatus"] = str(value)
    group = portal.groups.get(to_int(row["GROUP_ID"]))
    shown["groupId"] = str(row["GROUP_ID"])
    shown["group"] = {}
    if group is not None:
        shown["group"] = {
            "id": str(group.id),
            "name": group.name,
            "opened": group.access == "open",
            "membersCount": len(group.members),
            "image": "",
            "additionalData": [],
        }
    if "RESPONSIBLE_ID" in chosen:
        shown["responsible"] = _person(portal, to_int(row["RESPONSIBLE_ID"]))
    if "CREATED_BY" in chosen:
        shown["creator"] = _person(portal, to_int(row["CREATED_BY"]))
    return shown


def _person(portal: Portal, user_id: int) -> Json:
    user = portal.users[user_id]
    return {
        "id": str(user.id),
        "name": user.full_name,
        "link": f"/company/personal/user/{user.id}/",
        "icon": "",
        "workPosition": user.position,
    }


def _camel(name: str) -> str:
    first, *rest = name.lower().split("_")
    return first + "".join(part.capitalize() for part in rest)


METHODS = (
    Method("tasks.task.list", task_list, ("task",)),
    Method("task.planner.getlist", day_plan, ("task",)),
)
