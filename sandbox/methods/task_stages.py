"""task.stages.*: the stages of group Kanbans and of My Planner."""

from __future__ import annotations

from sandbox import rights
from sandbox.entities import Stage, Task
from sandbox.errors import PhpFatal
from sandbox.kanban import DEFAULT_COLOR, DEFAULT_TITLES
from sandbox.methods.arguments import Arguments
from sandbox.methods.base import Method
from sandbox.methods.texts import refusal
from sandbox.php import Array, Json, to_array, to_int, to_text
from sandbox.process import Call


def get(call: Call) -> Json:
    """Return a board's stages, by id or as a list."""
    arguments = Arguments(call, "entityid")
    entity_id = max(0, arguments.number("entityid"))
    if (
        entity_id
        and not _acts_as_admin(call, arguments)
        and not rights.reads_tasks(call.portal, call.person, entity_id)
    ):
        raise refusal(call, "ACCESS_DENIED_GROUP")
    kanban = call.process.kanban
    if entity_id == 0:
        kanban.mode = "U"  # stays so for the rest of the request
        entity_id = call.person.id
    stages = [_stage(stage) for stage in kanban.stages(entity_id)]
    if arguments.flag("numeric"):
        return stages
    return {str(stage["ID"]): stage for stage in stages}


def add(call: Call) -> Json:
    """Add a stage and return its id; without AFTER_ID it lands first."""
    arguments = Arguments(call, "fields")
    fields = arguments.value("fields")
    if not isinstance(fields, dict):
        raise PhpFatal("Cannot access offset of type string on string")
    return _modify(call, arguments, fields, stage_id=0)


def update(call: Call) -> Json:
    """Change a stage; what is not given is taken from the stored row."""
    arguments = Arguments(call, "id", "fields")
    stage = call.process.kanban.find(arguments.number("id"))
    if stage is None:
        raise refusal(call, "NOT_FOUND")
    given = to_array(arguments.value("fields"))
    fields = {key: given.get(key) for key in ("TITLE", "COLOR", "AFTER_ID")}
    if fields["TITLE"] is None:
        fields["TITLE"] = stage.title
    if stage.entity_type == "U":
        call.process.kanban.mode = "U"
    fields["ENTITY_ID"] = stage.entity_id
    _modify(call, arguments, fields, stage_id=stage.id)
    return True


def delete(call: Call) -> Json:
    """Delete an empty stage that is not a system one."""
    arguments = Arguments(call, "id")
    kanban = call.process.kanban
    stage = kanban.find(arguments.number("id"))
    if stage is None:
        raise refusal(call, "NOT_FOUND")
    if stage.system_type:
        raise refusal(call, "IS_SYSTEM")
    if not _acts_as_admin(call, arguments) and not _owns_board(call, stage):
        raise refusal(call, "ACCESS_DENIED")
    kanban.mode = stage.entity_type
    if kanban.holds_tasks(stage):
        raise refusal(call, "NO_EMPTY")
    kanban.delete(stage)
    return True


def can_move_task(call: Call) -> Json:
    """Tell whether the caller may move tasks on a board; never an error."""
    arguments = Arguments(call, "entityid", "entitytype")
    return _may_move(
        call, to_text(arguments.value("entitytype")) == "G", arguments.number("entityid")
    )


def move_task(call: Call) -> Json:
    """Move a task to a stage of its board."""
    arguments = Arguments(call, "id", "stageid")
    stage = call.process.kanban.find(arguments.number("stageid"))
    if stage is None:
        raise refusal(call, "NOT_FOUND")
    task = call.portal.tasks.get(arguments.number("id"))
    if task is None or not rights.sees_task(call.portal, call.person, task):
        raise refusal(call, "TASK_NOT_FOUND")
    group = call.portal.groups.get(task.group_id)
    if group is not None and group.kind == "scrum":
        return False  # every scrum task here is in the backlog
    # The portal sorts and pins even when it then reports an error.
    _sort(call, task, arguments)
    if not _may_move(call, stage.entity_type == "G", stage.entity_id):
        raise refusal(call, "ACCESS_DENIED_MOVE")
    if stage.entity_type == "U":
        if stage.entity_id in task.planner:  # without a row nothing moves, and it is no error
            task.planner[stage.entity_id] = stage.id
    elif task.group_id != stage.entity_id:
        raise refusal(call, "DIFFERENT_STAGES")
    else:
        task.stage_id = stage.id
    return True


def _modify(call: Call, arguments: Arguments, fields: Array, *, stage_id: int) -> int:
    title = fields.get("TITLE")
    if isinstance(title, dict):
        raise PhpFatal("trim(): Argument #1 ($string) must be of type string, array given")
    if not to_text(title).strip():
        raise refusal(call, "EMPTY_TITLE")
    kanban = call.process.kanban
    entity_id = max(0, to_int(fields.get("ENTITY_ID")))
    if entity_id and not _acts_as_admin(call, arguments):
        if kanban.mode == "G":
            allowed = rights.manages_stages(call.portal, call.person, entity_id)
        else:
            allowed = entity_id == call.person.id
        if not allowed:
            raise refusal(call, "ACCESS_DENIED")
    if entity_id == 0:
        kanban.mode = "U"
        entity_id = call.person.id
    color = fields.get("COLOR")
    after_id = fields.get("AFTER_ID")
    return kanban.write(
        stage_id=stage_id,
        entity_id=entity_id,
        title=to_text(title),
        color=None if color is None else to_text(color),
        after_id=None if after_id is None else to_int(after_id),
    )


def _acts_as_admin(call: Call, arguments: Arguments) -> bool:
    return arguments.flag("isadmin") and call.person.admin


def _owns_board(call: Call, stage: Stage) -> bool:
    if stage.entity_type == "U":
        return stage.entity_id == call.person.id
    return rights.manages_stages(call.portal, call.person, stage.entity_id)


def _may_move(call: Call, on_group: bool, entity_id: int) -> bool:
    if on_group:
        return rights.sorts_tasks(call.portal, call.person, entity_id)
    return entity_id == call.person.id


def _sort(call: Call, task: Task, arguments: Arguments) -> None:
    before = call.portal.tasks.get(arguments.number("before"))
    after = call.portal.tasks.get(arguments.number("after"))
    if before is not None:
        task.sorting = before.sorting - 1
    elif after is not None:
        task.sorting = after.sorting + 1


def _stage(stage: Stage) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "ID": str(stage.id),
        # An empty stored title is shown by a name of its system type.
        "TITLE": stage.title or DEFAULT_TITLES[stage.system_type or "NEW"],
        "SORT": str(stage.sort),
        "COLOR": stage.color or DEFAULT_COLOR,
        "SYSTEM_TYPE": stage.system_type,
        "ENTITY_ID": str(stage.entity_id),
        "ENTITY_TYPE": stage.entity_type,
        "ADDITIONAL_FILTER": [],
        "TO_UPDATE": [],
        "TO_UPDATE_ACCESS": None,
    }
    return {**shown, "CAN_SORT_ITEMS": True} if stage.system_type else shown


METHODS = (
    Method("task.stages.get", get, ("task",)),
    Method("task.stages.add", add, ("task",), writes=True),
    Method("task.stages.update", update, ("task",), writes=True),
    Method("task.stages.delete", delete, ("task",), writes=True),
    Method("task.stages.canmovetask", can_move_task, ("task",)),
    Method("task.stages.movetask", move_task, ("task",), writes=True),
)
