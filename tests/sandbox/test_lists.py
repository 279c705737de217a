"""Tasks, groups, people: filters, rights, paging and shapes."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire


def task_ids(wire: Wire, query: str) -> list[int]:
    tasks = wire.get("tasks.task.list", f"select[]=ID&{query}").result["tasks"]
    return [int(task["id"]) for task in tasks]


def total(wire: Wire, query: str) -> int:
    number: int = wire.get("tasks.task.list", f"select[]=ID&{query}").body["total"]
    return number


def test_tasks_are_shaped_as_documented(ada: Wire) -> None:
    select = "select[]=ID&select[]=TITLE&select[]=STAGE_ID&select[]=STATUS&select[]=RESPONSIBLE_ID"
    task = ada.get("tasks.task.list", f"filter[ID]=21&{select}").result["tasks"][0]
    assert set(task) == {
        "id",
        "title",
        "stageId",
        "status",
        "subStatus",
        "responsibleId",
        "groupId",
        "group",
        "responsible",
    }
    assert (task["id"], task["stageId"], task["group"]["name"]) == ("21", "2", "Website relaunch")


def test_a_full_stage_counts_completed_tasks_and_misses_hidden_ones(ada: Wire, lena: Wire) -> None:
    stage = "filter[GROUP_ID]=10&filter[STAGE_ID]=2"
    assert (total(ada, stage), total(lena, stage)) == (120, 115)
    assert total(ada, f"{stage}&filter[!STATUS]=5") == 100
    assert total(ada, f"{stage}&filter[REAL_STATUS]=5") == 20


def test_stage_lists_and_operators_filter(ada: Wire) -> None:
    both = total(ada, "filter[GROUP_ID]=10&filter[STAGE_ID][]=0&filter[STAGE_ID][]=1")
    singles = [total(ada, f"filter[GROUP_ID]=10&filter[STAGE_ID]={n}") for n in (0, 1)]
    assert both == sum(singles) > singles[0] > 0
    assert task_ids(ada, "filter[>ID]=3&filter[<%3DID]=6") == [4, 5, 6]


def test_an_unknown_filter_key_returns_everything(ada: Wire) -> None:
    assert total(ada, "filter[STAGE]=2") == 300


def test_the_planner_filter_is_spelled_with_an_s(portal: Sandbox, lena: Wire) -> None:
    for stage in portal.portal.board("planner-2"):
        placed = sum(task.planner.get(2) == stage.id for task in portal.portal.tasks.values())
        assert total(lena, f"filter[STAGES_ID]={stage.id}") == placed
        assert total(lena, f"filter[STAGE_ID]={stage.id}") == 0


def test_order_names_are_read_in_any_case_and_select_must_be_text(ada: Wire) -> None:
    assert task_ids(ada, "order[id]=desc")[:2] == [300, 299]
    answer = ada.post("tasks.task.list", select=[{"a": 1}])
    assert answer.body == {"error": "0", "error_description": "Invalid select data"}


def test_pages_have_50_and_start_rounds_down(ada: Wire) -> None:
    first = ada.get("tasks.task.list").body
    assert (len(first["result"]["tasks"]), first["next"], first["total"]) == (50, 50, 300)
    assert task_ids(ada, "start=75")[0] == 51
    assert "next" not in ada.get("tasks.task.list", "start=250").body


def test_start_minus_1_takes_the_totals_away(ada: Wire) -> None:
    body = ada.get("tasks.task.list", "start=-1&order[ID]=asc&filter[>ID]=50").body
    assert ("total" in body, "next" in body) == (False, False)
    assert body["result"]["tasks"][0]["id"] == "51"


def test_the_day_plan_is_a_list_of_ids(max_: Wire) -> None:
    ids = max_.get("task.planner.getlist").result
    assert ids
    assert all(isinstance(number, int) for number in ids)


def test_groups_are_listed_without_secret_ones_of_others(ada: Wire, max_: Wire) -> None:
    names = {group["NAME"] for group in max_.get("sonet_group.get").result}
    assert "Website relaunch" in names
    assert "Leadership circle" not in names
    assert ada.get("sonet_group.get").body["total"] < 40
    assert ada.get("sonet_group.get", "IS_ADMIN=Y").body["total"] == 40
    assert max_.get("sonet_group.get", "IS_ADMIN=Y").body["total"] == len(names)


def test_group_fields_are_strings_and_parameter_names_upper_case(lena: Wire) -> None:
    body = lena.get("sonet_group.get", "FILTER[%25NAME]=ROAD&ORDER[NAME]=ASC").body
    assert body["total"] == 1
    group = body["result"][0]
    assert (group["ID"], group["OWNER_ID"], group["CLOSED"]) == ("11", "2", "N")
    assert all(isinstance(value, str) for value in group.values())
    assert lena.get("sonet_group.get", "filter[ID]=11").body["total"] > 1


def test_own_groups_come_with_roles(ada: Wire) -> None:
    roles = {
        group["GROUP_ID"]: group["ROLE"] for group in ada.get("sonet_group.user.groups").result
    }
    assert (roles["24"], roles["10"], roles["11"]) == ("A", "E", "K")
    assert "12" not in roles


def test_members_are_listed_without_dismissed_people(lena: Wire) -> None:
    members = lena.get("sonet_group.user.get", "ID=12").result
    assert members == [{"USER_ID": "2", "ROLE": "A"}, {"USER_ID": "4", "ROLE": "E"}]


@pytest.mark.parametrize("group_id", [999, 49])
def test_an_unknown_group_and_an_invisible_one_look_the_same(lena: Wire, group_id: int) -> None:
    answer = lena.get("sonet_group.user.get", f"ID={group_id}")
    assert answer.body == {"error": "", "error_description": "Socialnetwork group not found"}


@pytest.mark.parametrize(
    ("group_id", "operation", "allowed"),
    [
        (10, "view", True),
        (10, "sort", True),
        (10, "delete_tasks", False),
        (35, "view_all", True),
        (35, "sort", False),
        (34, "view", False),
    ],
)
def test_feature_access_follows_the_role(
    max_: Wire, group_id: int, operation: str, allowed: bool
) -> None:
    query = f"GROUP_ID={group_id}&FEATURE=tasks&OPERATION={operation}"
    assert max_.get("sonet_group.feature.access", query).result is allowed


def test_workgroups_tell_their_type(lena: Wire) -> None:
    def groups(**params: object) -> list[dict[str, Any]]:
        result: list[dict[str, Any]] = lena.post(
            "socialnetwork.api.workgroup.list", **params
        ).result["workgroups"]
        return result

    assert groups()[0] == {"id": "10"}
    chosen = groups(filter={"ID": [22, 43]}, select=["ID", "TYPE", "NUMBER_OF_MEMBERS"])
    assert chosen == [
        {"id": "22", "numberOfMembers": "5", "type": "scrum"},
        {"id": "43", "numberOfMembers": "4", "type": "collab"},
    ]


def test_one_workgroup_has_native_numbers_and_refuses_by_code(lena: Wire) -> None:
    method = "socialnetwork.api.workgroup.get"
    group = lena.post(method, params={"groupId": 10, "select": ["ACTIONS", "USER_DATA"]}).result
    assert (group["ID"], group["USER_DATA"]["ROLE"], group["ACTIONS"]["EDIT"]) == (10, "A", True)
    assert lena.post(method).error == (400, "SONET_CONTROLLER_WORKGROUP_EMPTY")
    hidden = lena.post(method, params={"groupId": 49})
    assert hidden.error == (400, "SONET_CONTROLLER_WORKGROUP_NOT_FOUND")


def test_people_are_found_by_filter_and_by_word(lena: Wire) -> None:
    by_id = lena.post("user.get", FILTER={"ID": [1, 3]}, sort="ID", order="DESC").body
    assert [user["ID"] for user in by_id["result"]] == ["3", "1"]
    assert by_id["total"] == 2
    assert "total" not in lena.get("user.get", "ID=999").body
    assert [user["ID"] for user in lena.get("user.search", "FILTER[FIND]=design").result] == ["3"]
    assert lena.get("user.search", "NAME=Olivia").result == []


def test_a_narrow_scope_shows_no_e_mail(portal: Sandbox, lena: Wire) -> None:
    assert "EMAIL" in lena.get("user.current").result
    assert "EMAIL" not in Wire(portal.webhook("narrow")).get("user.current").result


def test_the_caller_is_known_by_profile_and_admin_flag(ada: Wire, lena: Wire) -> None:
    assert ada.get("profile").result == {
        "ID": "1",
        "ADMIN": True,
        "NAME": "Ada",
        "LAST_NAME": "Admin",
        "PERSONAL_GENDER": "",
        "TIME_ZONE": "",
    }
    assert (ada.get("user.admin").result, lena.get("user.admin").result) == (True, False)


def test_scopes_and_methods_can_be_asked_for(portal: Sandbox) -> None:
    narrow = Wire(portal.webhook("narrow"))
    assert narrow.get("scope").result == ["task", "user_brief"]
    assert "rpa" in narrow.get("scope", "full=true").result
    known = narrow.get("method.get", "name=user.get").result
    unknown = narrow.get("method.get", "name=task.stages.get").result
    assert (known["isExisting"], unknown["isExisting"]) == (True, False)
