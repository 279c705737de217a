"""rpa.*: processes, stages and their tasks."""

from __future__ import annotations

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire


def test_a_stage_stands_under_its_key_or_flat(portal: Sandbox, lena: Wire) -> None:
    stage = lena.get("rpa.stage.get", "id=12").result["stage"]
    assert stage == {
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
        "tasks": [],
        "robotsCount": 0,
        "fields": {"VISIBLE": {"UF_RPA_3_NAME": True}, "EDITABLE": []},
        "possibleNextStages": [13, 14, 15, 16, 17],
        "permissions": {"droppable": True, "canMoveFrom": True},
    }
    portal.switches.set(rpa_flat=True)
    assert lena.get("rpa.stage.get", "id=12").result == stage


def test_every_kind_of_robot_task_occurs(lena: Wire) -> None:
    stages = [lena.get("rpa.stage.get", f"id={number}").result["stage"] for number in range(12, 22)]
    tasks = [task for stage in stages for task in stage["tasks"]]
    assert {task["robotType"] for task in tasks} == {
        "RpaApproveActivity",
        "RpaMoveActivity",
        "RpaRequestActivity",
        "RpaReviewActivity",
    }
    assert tasks[0]["users"][0] == {
        "id": "U2",
        "entityId": 2,
        "name": "Lena Lead",
        "photoSrc": None,
        "url": "/company/personal/user/2/",
        "entityType": "users",
    }


def test_stages_are_listed_short(lena: Wire) -> None:
    result = lena.get("rpa.stage.listForType", "typeId=4")
    assert "total" not in result.body
    stages = result.result["stages"]
    assert [stage["name"] for stage in stages] == ["Requested", "Team lead", "Granted", "Declined"]
    assert [(s["isSuccess"], s["isFail"]) for s in stages[2:]] == [(True, False), (False, True)]
    assert not {"tasks", "robotsCount", "permissions"} & set(stages[0])


def test_processes_are_listed_and_filtered(lena: Wire) -> None:
    body = lena.get("rpa.type.list").body
    assert ([kind["id"] for kind in body["result"]["types"]], body["total"]) == ([3, 4], 2)
    one = lena.post("rpa.type.list", filter={"%title": "leave"}).result["types"]
    assert [kind["id"] for kind in one] == [4]
    permission = lena.get("rpa.type.get", "id=3").result["type"]["permissions"][0]
    assert set(permission) == {"id", "entity", "entityId", "accessCode", "action", "permission"}


def test_unknown_and_missing_ids_are_error_100(lena: Wire) -> None:
    assert lena.get("rpa.type.get", "id=99").error == (400, "100")
    assert lena.get("rpa.stage.get").error == (400, "100")
