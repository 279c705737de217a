"""Only documented parameters are sent, and only those that are given."""

from __future__ import annotations

from typing import Any

import pytest

from stages.bitrix24.command import Command
from stages.bitrix24.methods import groups, rpa, task_stages, tasks, users
from stages.domain.color import Color

BLUE = Color("00C4FB")


@pytest.mark.parametrize(
    ("command", "method", "params"),
    [
        (task_stages.get(entity_id=0), "task.stages.get", {"entityId": 0}),
        (
            task_stages.get(entity_id=10, as_admin=True),
            "task.stages.get",
            {"entityId": 10, "isAdmin": True},
        ),
        (
            task_stages.add(entity_id=10, title="New", color=BLUE, after_id=0),
            "task.stages.add",
            {"fields": {"ENTITY_ID": 10, "TITLE": "New", "COLOR": "00C4FB", "AFTER_ID": 0}},
        ),
        (
            task_stages.update(stage_id=1, after_id=0),
            "task.stages.update",
            {"id": 1, "fields": {"AFTER_ID": 0}},
        ),
        (
            task_stages.update(stage_id=1, title="", color=BLUE, as_admin=True),
            "task.stages.update",
            {"id": 1, "fields": {"TITLE": "", "COLOR": "00C4FB"}, "isAdmin": True},
        ),
        (task_stages.delete(stage_id=1), "task.stages.delete", {"id": 1}),
        (
            task_stages.can_move_task(entity_id=10),
            "task.stages.canmovetask",
            {"entityId": 10, "entityType": "G"},
        ),
        (
            task_stages.move_task(task_id=8, stage_id=1),
            "task.stages.movetask",
            {"id": 8, "stageId": 1},
        ),
        (
            tasks.count(entity_id=10, stage_id=1),
            "tasks.task.list",
            {"filter": {"GROUP_ID": 10, "STAGE_ID": [1]}, "select": ["ID"]},
        ),
        (
            tasks.count(entity_id=10, stage_id=1, is_first=True, completed=False),
            "tasks.task.list",
            {
                "filter": {"GROUP_ID": 10, "STAGE_ID": [0, 1], "!REAL_STATUS": 5},
                "select": ["ID"],
            },
        ),
        (
            tasks.count(entity_id=0, stage_id=1, is_first=True, completed=True),
            "tasks.task.list",
            {"filter": {"STAGES_ID": 1, "REAL_STATUS": 5}, "select": ["ID"]},
        ),
        (
            tasks.in_stage(entity_id=10, stage_id=1, start=50),
            "tasks.task.list",
            {
                "filter": {"GROUP_ID": 10, "STAGE_ID": [1]},
                "select": ["ID", "TITLE", "STAGE_ID", "STATUS"],
                "order": {"ID": "ASC"},
                "start": 50,
            },
        ),
        (
            groups.get_groups(),
            "sonet_group.get",
            {"ORDER": {"NAME": "ASC"}, "FILTER": {}, "start": 0},
        ),
        (
            groups.get_groups(ids=[1, 2], name="dev", start=50, as_admin=True),
            "sonet_group.get",
            {
                "ORDER": {"NAME": "ASC"},
                "FILTER": {"ID": [1, 2], "%NAME": "dev"},
                "IS_ADMIN": "Y",
                "start": 50,
            },
        ),
        (groups.get_group(group_id=10), "sonet_group.get", {"FILTER": {"ID": 10}}),
        (groups.my_roles(), "sonet_group.user.groups", {}),
        (groups.roles(group_id=10), "sonet_group.user.get", {"ID": 10}),
        (
            groups.type_of(group_id=10),
            "socialnetwork.api.workgroup.list",
            {"filter": {"ID": 10}, "select": ["ID", "TYPE"]},
        ),
        (users.get(ids=[1, 2]), "user.get", {"FILTER": {"ID": [1, 2]}}),
        (users.profile(), "profile", {}),
        (rpa.types(start=50), "rpa.type.list", {"start": 50}),
        (rpa.stages(type_id=3), "rpa.stage.listForType", {"typeId": 3}),
        (rpa.stage(stage_id=12), "rpa.stage.get", {"id": 12}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_command_says_what_is_sent(
    command: Command[Any], method: str, params: dict[str, Any]
) -> None:
    assert (command.method, command.params) == (method, params)


def test_what_changes_the_portal_is_marked() -> None:
    assert task_stages.add(entity_id=1, title="x", color=BLUE, after_id=0).writes
    assert task_stages.update(stage_id=1).writes
    assert task_stages.delete(stage_id=1).writes
    assert task_stages.move_task(task_id=1, stage_id=1).writes
    assert not task_stages.get(entity_id=1).writes
    assert not task_stages.can_move_task(entity_id=1).writes


@pytest.mark.parametrize("number", [0, 51])
def test_more_people_than_a_page_holds_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 50"):
        users.get(ids=range(number))
