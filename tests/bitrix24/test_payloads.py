"""Every shape the portal is known to send becomes a value of the domain, or an error of ours."""

from __future__ import annotations

from typing import Any

import pytest

from stages.bitrix24 import errors
from stages.bitrix24.command import Command, JSONValue, Reply
from stages.bitrix24.methods import groups, rpa, task_stages, tasks, users
from stages.bitrix24.page import Page
from stages.domain.access import GroupType, Role
from stages.domain.color import FALLBACK, Color
from stages.domain.group import Group
from stages.domain.person import Me, Person
from stages.domain.rpa import RpaPermissions, RpaType, RpaUser, Semantic, TaskKind
from stages.domain.stage import Stage, SystemType
from stages.domain.task import Task

NEW: dict[str, JSONValue] = {
    "ID": "101",
    "TITLE": "New",
    "SORT": "100",
    "COLOR": "00C4FB",
    "SYSTEM_TYPE": "NEW",
    "ENTITY_ID": "10",
    "ENTITY_TYPE": "G",
    "ADDITIONAL_FILTER": [],
    "TO_UPDATE": [],
    "TO_UPDATE_ACCESS": None,
}
DOING: dict[str, JSONValue] = {**NEW, "ID": 99, "TITLE": "Doing", "SORT": 200, "SYSTEM_TYPE": ""}
STAGES = (
    Stage(101, "New", Color("00C4FB"), 100, SystemType.NEW),
    Stage(99, "Doing", Color("00C4FB"), 200),
)


def decoded(command: Command[Any], result: JSONValue, **paging: int) -> Any:
    return command.decode(Reply(result, **paging))


@pytest.mark.parametrize(
    "result",
    [{"99": DOING, "101": NEW}, [DOING, NEW]],
    ids=["object keyed by id", "list"],
)
def test_stages_come_in_the_order_of_the_board(result: JSONValue) -> None:
    assert decoded(task_stages.get(entity_id=10), result) == STAGES


def test_what_no_database_or_answer_of_ours_could_carry_is_left_out_of_a_text() -> None:
    result: JSONValue = [{**NEW, "TITLE": "a\0b\ud800"}]
    assert decoded(task_stages.get(entity_id=10), result)[0].title == "ab?"


def test_stages_with_the_same_sort_come_by_id() -> None:
    result: JSONValue = [{**NEW, "ID": "9", "SORT": 5}, {**NEW, "ID": "10", "SORT": "5"}]
    assert [stage.id for stage in decoded(task_stages.get(entity_id=10), result)] == [9, 10]


def test_a_board_without_stages_is_an_empty_list() -> None:
    assert decoded(task_stages.get(entity_id=10), []) == ()
    assert decoded(task_stages.get(entity_id=10), {}) == ()


@pytest.mark.parametrize(
    ("key", "wire", "attribute", "value"),
    [
        ("TITLE", None, "title", ""),
        ("TITLE", 2027, "title", "2027"),
        ("COLOR", "", "color", FALLBACK),
        ("COLOR", "#00C4F", "color", FALLBACK),
        ("COLOR", "null", "color", FALLBACK),
        ("COLOR", None, "color", FALLBACK),
        ("COLOR", "ff5752", "color", Color("FF5752")),
        ("COLOR", "#ff5752", "color", Color("FF5752")),
        ("SYSTEM_TYPE", None, "system_type", None),
        ("SYSTEM_TYPE", "", "system_type", None),
        ("SYSTEM_TYPE", "PROGRESS", "system_type", None),
        ("SYSTEM_TYPE", "FINISH", "system_type", SystemType.FINISH),
        ("SORT", "300", "sort", 300),
        ("CAN_SORT_ITEMS", True, "id", 101),
    ],
)
def test_a_stage_is_read_whatever_it_holds(
    key: str, wire: JSONValue, attribute: str, value: object
) -> None:
    (stage,) = decoded(task_stages.get(entity_id=10), [{**NEW, key: wire}])
    assert getattr(stage, attribute) == value


@pytest.mark.parametrize("result", [7, "7"])
def test_the_id_of_a_new_stage_may_come_as_text(result: JSONValue) -> None:
    add = task_stages.add(entity_id=10, title="x", color=FALLBACK, after_id=0)
    assert decoded(add, result) == 7


def test_a_write_is_done_when_the_portal_says_true() -> None:
    assert decoded(task_stages.delete(stage_id=1), True) is None


@pytest.mark.parametrize("result", [False, None, [], {}], ids=repr)
def test_nothing_else_says_that_a_write_is_done(result: JSONValue) -> None:
    with pytest.raises(errors.UnexpectedAnswer):
        decoded(task_stages.delete(stage_id=1), result)


TASK: dict[str, JSONValue] = {
    "id": "8",
    "title": "Check",
    "stageId": "101",
    "status": "2",
    "group": [],
}


def test_tasks_come_in_pages() -> None:
    result: JSONValue = {"tasks": [TASK, {**TASK, "id": 9, "stageId": 0, "status": "5"}]}
    command = tasks.in_stage(entity_id=10, stage_id=101)
    page = decoded(command, result, next=50, total=73)
    assert page == Page((Task(8, "Check", 101, False), Task(9, "Check", 0, True)), 50, 73)
    assert decoded(command, {"tasks": []}) == Page((), None, None)


def test_a_count_is_the_total_and_may_be_missing() -> None:
    count = tasks.count(entity_id=10, stage_id=101)
    assert decoded(count, {"tasks": []}, total=0) == 0
    assert decoded(count, {"tasks": []}) is None


GROUP: dict[str, JSONValue] = {"ID": "10", "NAME": "Development", "CLOSED": "N", "OWNER_ID": "1"}


def test_groups_come_in_pages() -> None:
    page = decoded(groups.get_groups(), [GROUP, {**GROUP, "CLOSED": "Y"}], next=50, total=51)
    assert page.items == (
        Group(10, "Development", False),
        Group(10, "Development", True),
    )
    assert (page.next, page.total) == (50, 51)


def test_a_group_nobody_can_see_is_none() -> None:
    assert decoded(groups.get_group(group_id=10), [GROUP]) == Group(10, "Development", False)
    assert decoded(groups.get_group(group_id=10), []) is None


def test_unknown_roles_are_skipped() -> None:
    mine: JSONValue = [
        {"GROUP_ID": str(number), "ROLE": role} for number, role in enumerate("AEKZ")
    ]
    assert decoded(groups.my_roles(), mine) == {0: Role.OWNER, 1: Role.MODERATOR, 2: Role.MEMBER}
    theirs: JSONValue = [{"USER_ID": "1", "ROLE": "A"}, {"USER_ID": 2, "ROLE": None}]
    assert decoded(groups.roles(group_id=1), theirs) == {1: Role.OWNER}


def test_types_of_groups_are_read_and_unknown_ones_left_out() -> None:
    result: JSONValue = {
        "workgroups": [{"id": "1", "type": "scrum"}, {"id": "2", "type": "circle"}, {"id": "3"}]
    }
    assert decoded(groups.types(), result).items == ((1, GroupType.SCRUM),)
    assert decoded(groups.type_of(group_id=1), result) is GroupType.SCRUM
    assert decoded(groups.type_of(group_id=1), {"workgroups": []}) is None


def test_people_are_read_with_and_without_names() -> None:
    ann: JSONValue = {"ID": "3", "NAME": "Ann", "LAST_NAME": "Lee", "TIMESTAMP_X": {}}
    assert decoded(users.get(ids=[3, 4]), [ann, {"ID": 4, "NAME": None}]) == (
        Person(3, "Ann Lee"),
        Person(4, ""),
    )
    assert decoded(users.current(), ann) == Person(3, "Ann Lee")
    profile: JSONValue = {"ID": "3", "ADMIN": True, "NAME": "", "LAST_NAME": "Lee"}
    assert decoded(users.profile(), profile) == Me(3, "Lee", is_portal_admin=True)


RPA: dict[str, JSONValue] = {
    "id": 12,
    "name": "New",
    "code": "",
    "color": "22b9ff",
    "sort": 1000,
    "semantic": None,
    "typeId": 3,
    "isFirst": True,
    "isSuccess": False,
    "isFail": False,
    "possibleNextStages": [13, 14],
}
FULL_RPA: dict[str, JSONValue] = {
    **RPA,
    "tasks": [
        {
            "title": "Approve",
            "robotType": "RpaApproveActivity",
            "robotName": "A1_2",
            "canAppendResponsibles": True,
            "users": [{"id": "U1", "entityId": 1, "name": "Ann", "url": "/user/1/"}],
        },
        {"title": None, "robotType": "RpaNewActivity", "users": []},
    ],
    "robotsCount": 2,
    "permissions": {"droppable": True, "canMoveFrom": False},
    "fields": {"VISIBLE": {"UF_RPA_3_NAME": True, "UF_RPA_3_SUM": False}, "EDITABLE": []},
}


@pytest.mark.parametrize("result", [FULL_RPA, {"stage": FULL_RPA}], ids=["flat", "nested"])
def test_an_rpa_stage_is_read_flat_or_nested(result: JSONValue) -> None:
    stage = decoded(rpa.stage(stage_id=12), result)
    assert (stage.id, stage.type_id, stage.color, stage.semantic) == (12, 3, Color("22B9FF"), None)
    assert stage.possible_next_stages == (13, 14)
    assert stage.permissions == RpaPermissions(droppable=True, can_move_from=False)
    assert stage.fields == (("VISIBLE", ("UF_RPA_3_NAME",)), ("EDITABLE", ()))
    assert stage.robots_count == 2
    approve, unknown = stage.tasks
    assert approve.kind is TaskKind.APPROVE
    assert approve.users == (RpaUser(1, "Ann", "/user/1/"),)
    assert (unknown.kind, unknown.robot_type, unknown.title) == (None, "RpaNewActivity", "")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [([], ()), (None, None), ({"VISIBLE": ["UF_A"]}, (("VISIBLE", ("UF_A",)),))],
)
def test_fields_of_an_rpa_stage_may_be_empty_or_missing(
    fields: JSONValue, expected: object
) -> None:
    assert decoded(rpa.stage(stage_id=12), {**FULL_RPA, "fields": fields}).fields == expected


def test_rpa_stages_of_a_list_tell_less() -> None:
    last: JSONValue = {**RPA, "id": 13, "sort": 500, "semantic": "SUCCESS"}
    stages = decoded(rpa.stages(type_id=3), {"stages": [RPA, last]})
    assert [stage.id for stage in stages] == [13, 12]
    assert stages[0].semantic is Semantic.SUCCESS
    assert (stages[0].tasks, stages[0].permissions, stages[0].fields) == (None, None, None)


def test_rpa_types_come_in_pages() -> None:
    result: JSONValue = {"types": [{"id": 3, "title": "Purchase", "settings": []}]}
    assert decoded(rpa.types(), result, total=1) == Page((RpaType(3, "Purchase"),), None, 1)


COMMANDS: list[Command[Any]] = [
    task_stages.get(entity_id=10),
    task_stages.add(entity_id=10, title="x", color=FALLBACK, after_id=0),
    task_stages.update(stage_id=1),
    task_stages.can_move_task(entity_id=10),
    tasks.in_stage(entity_id=10, stage_id=1),
    groups.get_groups(),
    groups.my_roles(),
    groups.types(),
    users.get(ids=[1]),
    users.current(),
    users.admin(),
    users.profile(),
    rpa.types(),
    rpa.stages(type_id=1),
    rpa.stage(stage_id=1),
]


@pytest.mark.parametrize("result", [None, "text", [7], {"a": 1}, {"tasks": 7}, 1.5], ids=repr)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.method)
def test_any_other_shape_is_an_unexpected_answer(command: Command[Any], result: JSONValue) -> None:
    with pytest.raises(errors.UnexpectedAnswer) as caught:
        decoded(command, result)
    assert caught.value.__context__ is None


def test_true_is_not_the_id_of_a_new_stage() -> None:
    with pytest.raises(errors.UnexpectedAnswer):
        decoded(COMMANDS[1], True)
