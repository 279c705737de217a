"""The documented request and reply pairs an emulator has to get right, by number."""

from __future__ import annotations

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire, send

GROUP = 10  # Lena owns it, Ada moderates, Max is a member
FOREIGN_GROUP = 33


def test_01_get_answers_an_object_keyed_by_id(lena: Wire) -> None:
    stages = lena.get("task.stages.get", f"entityId={GROUP}").result
    assert list(stages) == ["1", "2", "3", "4", "5"]
    assert stages["1"] == {
        "ID": "1",
        "TITLE": "Backlog",
        "SORT": "100",
        "COLOR": "00C4FB",
        "SYSTEM_TYPE": "NEW",
        "ENTITY_ID": "10",
        "ENTITY_TYPE": "G",
        "ADDITIONAL_FILTER": [],
        "TO_UPDATE": [],
        "TO_UPDATE_ACCESS": None,
        "CAN_SORT_ITEMS": True,
    }
    assert "CAN_SORT_ITEMS" not in stages["2"]


def test_02_numeric_answers_a_list_also_with_a_json_suffix(lena: Wire) -> None:
    stages = lena.get("task.stages.get.json", f"entityId={GROUP}&numeric=1").result
    assert [stage["ID"] for stage in stages] == ["1", "2", "3", "4", "5"]


def test_03_a_wrong_code_is_refused(portal: Sandbox) -> None:
    answer = send(f"{portal.url}/rest/1/bad/task.stages.get")
    assert answer.error == (401, "INVALID_CREDENTIALS")


def test_04_an_unknown_method_is_found_missing_before_the_wrong_code(portal: Sandbox) -> None:
    answer = send(f"{portal.url}/rest/1/bad/no.such.method")
    assert answer.error == (404, "ERROR_METHOD_NOT_FOUND")
    assert answer.body["error_description"] == "Method not found!"
    assert "time" not in answer.body


def test_05_no_webhook_and_no_token_is_no_authorization(portal: Sandbox) -> None:
    assert send(f"{portal.url}/rest/task.stages.get").error == (401, "NO_AUTH_FOUND")


def test_05_an_unknown_token_is_invalid(portal: Sandbox) -> None:
    bearer = {"Authorization": "Bearer nonsense"}
    for query, headers in (("auth=nonsense", None), ("access_token=x", None), ("", bearer)):
        answer = send(f"{portal.url}/rest/task.stages.get?{query}", headers=headers)
        assert answer.error == (401, "invalid_token")


def test_07_a_webhook_without_the_scope_is_refused(portal: Sandbox) -> None:
    narrow = Wire(portal.webhook("narrow"))
    assert narrow.get("sonet_group.get").error == (401, "insufficient_scope")
    assert narrow.get("task.stages.get", "entityId=10").status == 200
    assert narrow.get("user.current").status == 200


def test_08_a_missing_argument_is_named_in_lower_case(lena: Wire) -> None:
    answer = lena.get("task.stages.GET")
    assert answer.error == (400, "DISPATCHER_ERROR")
    assert answer.body["error_description"] == (
        'Argument "entityid" is required, but no value passed for task.stages.get'
    )


def test_09_argument_and_method_names_are_read_in_any_case(lena: Wire) -> None:
    assert list(lena.get("Task.Stages.Get", "entityid=10").result) == ["1", "2", "3", "4", "5"]
    assert list(lena.get("TASK.STAGES.GET", "ENTITYID=10").result) == ["1", "2", "3", "4", "5"]


def test_10_an_empty_title_is_refused_before_missing_access(max_: Wire) -> None:
    answer = max_.post("task.stages.add", fields={"ENTITY_ID": FOREIGN_GROUP})
    assert answer.error == (400, "EMPTY_TITLE")
    assert answer.body["error_description"] == "Stage title is missing"


def test_11_a_plain_member_may_not_add_a_stage(max_: Wire) -> None:
    answer = max_.post("task.stages.add", fields={"TITLE": "Mine", "ENTITY_ID": GROUP})
    assert answer.error == (400, "ACCESS_DENIED")


def test_12_an_administrator_may_with_is_admin(ada: Wire) -> None:
    fields = {"TITLE": "Mine", "ENTITY_ID": FOREIGN_GROUP}
    assert ada.post("task.stages.add", fields=fields).error == (400, "ACCESS_DENIED")
    assert isinstance(ada.post("task.stages.add", fields=fields, isAdmin=True).result, int)


def test_13_the_first_stage_is_a_system_one_before_missing_access(max_: Wire) -> None:
    assert max_.get("task.stages.delete", "id=1").error == (400, "IS_SYSTEM")


def test_14_a_stage_with_tasks_is_not_deleted_even_if_all_are_hidden(
    portal: Sandbox, lena: Wire
) -> None:
    for task in list(portal.portal.tasks.values()):
        if task.stage_id == 2 and 2 not in task.hidden_from:
            del portal.portal.tasks[task.id]
    shown = lena.get("tasks.task.list", "filter[STAGE_ID]=2&filter[GROUP_ID]=10")
    assert shown.body["total"] == 0
    assert lena.get("task.stages.delete", "id=2").error == (400, "NO_EMPTY")


def test_15_a_read_after_an_add_in_one_batch_shows_the_old_list(lena: Wire) -> None:
    maps = lena.batch(
        "task.stages.add?fields[TITLE]=New&fields[ENTITY_ID]=10", "task.stages.get?entityId=10"
    )
    assert str(maps["result"]["c1"]) not in maps["result"]["c2"]
    assert str(maps["result"]["c1"]) in lena.get("task.stages.get", "entityId=10").result


def test_16_a_group_read_after_a_planner_read_shows_a_planner(portal: Sandbox, lena: Wire) -> None:
    maps = lena.batch("task.stages.get?entityId=0", "task.stages.get?entityId=10")
    stages = list(maps["result"]["c2"].values())
    assert {(stage["ENTITY_TYPE"], stage["ENTITY_ID"]) for stage in stages} == {("U", "10")}
    assert [stage.title for stage in portal.portal.board("planner-10")] == [
        stage["TITLE"] for stage in stages
    ]


def test_17_the_51st_command_fails_alone(lena: Wire) -> None:
    maps = lena.batch(*["server.time"] * 52)
    assert len(maps["result"]) == 50
    assert maps["result_error"] == {
        name: {
            "error": "ERROR_BATCH_LENGTH_EXCEEDED",
            "error_description": "Max batch length exceeded",
        }
        for name in ("c51", "c52")
    }


def test_18_a_batch_without_errors_has_empty_lists_for_empty_maps(lena: Wire) -> None:
    maps = lena.batch("server.time")
    assert maps["result_error"] == maps["result_total"] == maps["result_next"] == []


def test_19_after_a_failure_with_halt_nothing_more_is_executed(lena: Wire) -> None:
    maps = lena.batch("server.time", "task.stages.delete?id=1", "server.time", halt=1)
    assert list(maps["result"]) == ["c1"]
    assert list(maps["result_error"]) == ["c2"]
    assert list(maps["result_time"]) == ["c1"]


def test_22_a_wrong_group_id_has_an_empty_error_code(lena: Wire) -> None:
    answer = lena.get("sonet_group.user.get", "ID=0")
    assert (answer.status, answer.body) == (
        400,
        {"error": "", "error_description": "Wrong socialnetwork group ID"},
    )


def test_23_tasks_cannot_be_ordered_by_stage(lena: Wire) -> None:
    assert lena.get("tasks.task.list", "order[STAGE_ID]=asc").error == (400, "0")


def test_24_an_unknown_rpa_stage_is_error_100_and_without_the_module_404(
    portal: Sandbox, lena: Wire
) -> None:
    answer = lena.get("rpa.stage.get", "id=999")
    assert answer.error == (400, "100")
    assert answer.body["error_description"] == "Could not construct parameter {stage}"
    portal.switches.set(rpa_module=False)
    assert lena.get("rpa.stage.get", "id=12").error == (404, "ERROR_METHOD_NOT_FOUND")
