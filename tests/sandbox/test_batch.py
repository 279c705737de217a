"""Commands, references and leaks of `batch`."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire

FAILING = "task.stages.delete?id=99999"


def test_numeric_names_make_lists_and_gaps_make_objects(lena: Wire) -> None:
    maps = lena.post("batch", cmd=["user.admin", FAILING, "user.admin"]).result
    assert maps["result"] == {"0": False, "2": False}
    assert maps["result_error"] == {
        "1": {"error": "NOT_FOUND", "error_description": "Stage was not found"}
    }
    assert lena.post("batch", cmd=["user.admin"]).result["result"] == [False]


def test_entries_that_are_no_strings_are_skipped_silently(lena: Wire) -> None:
    maps = lena.post("batch", cmd={"a": 5, "b": ["user.admin"], "c": "user.admin"}).result
    assert maps["result"] == {"c": False}
    assert maps["result_error"] == []


def test_parameter_names_are_read_in_any_case(lena: Wire) -> None:
    assert lena.post("batch", CMD={"a": "user.admin"}).result["result"] == {"a": False}


def test_a_batch_by_get_is_encoded_once_more(lena: Wire) -> None:
    command = "sonet_group.get?FILTER[%25NAME]=roadmap"
    maps = lena.get("batch", f"cmd[a]={quote(command)}").result
    assert [group["ID"] for group in maps["result"]["a"]] == ["11"]


def test_a_raw_hash_cuts_a_command_and_an_encoded_one_does_not(portal: Sandbox, lena: Wire) -> None:
    lena.batch(
        "task.stages.update?id=2&fields[TITLE]=R%26D+%231+100%25",
        "task.stages.update?id=3&fields[TITLE]=Release #1",
    )
    assert [stage.title for stage in portal.portal.board("group-10")][1:3] == [
        "R&D #1 100%",
        "Release ",
    ]


@pytest.mark.parametrize("method", ["batch", "download", "upload"])
def test_some_methods_are_not_allowed(lena: Wire, method: str) -> None:
    error = lena.batch(method)["result_error"]["c1"]
    assert error["error"] == "ERROR_BATCH_METHOD_NOT_ALLOWED"


@pytest.mark.parametrize("command", ["no.such", "/user.admin", "https://x/user.admin"])
def test_unknown_methods_fail_one_by_one(lena: Wire, command: str) -> None:
    maps = lena.batch(command, "user.admin")
    assert maps["result_error"]["c1"]["error"] == "ERROR_METHOD_NOT_FOUND"
    assert maps["result"] == {"c2": False}


def test_scope_is_checked_for_each_command(portal: Sandbox) -> None:
    maps = Wire(portal.webhook("narrow")).batch("sonet_group.get", "user.current")
    assert maps["result_error"] == {"c1": {"error": "insufficient_scope", "error_description": ""}}
    assert list(maps["result"]) == ["c2"]


def test_app_info_is_denied_inside_a_batch_only(lena: Wire) -> None:
    assert "task" in lena.get("app.info").result["SCOPE"]
    assert lena.batch("app.info")["result_error"]["c1"] == {
        "error": "ACCESS_DENIED",
        "error_description": "Access denied! Application context required",
    }


def test_paging_of_commands_is_told_beside_their_results(lena: Wire) -> None:
    maps = lena.batch("tasks.task.list?select[]=ID&filter[STAGE_ID]=2", "user.admin")
    assert maps["result_total"] == {"c1": 115}
    assert maps["result_next"] == {"c1": 50}


def test_start_minus_1_of_the_outer_request_takes_the_totals_away(lena: Wire) -> None:
    cmd = {"a": "tasks.task.list?select[]=ID"}
    maps = lena.post("batch", cmd=cmd, start=-1).result
    assert maps["result_total"] == maps["result_next"] == []
    inner = lena.batch("tasks.task.list?select[]=ID&start=-1")
    assert inner["result_total"]["c1"] > 0


@pytest.mark.parametrize(("halt", "executed"), [(0, 2), ("0", 2), ("false", 1), (True, 1)])
def test_halt_is_judged_by_php_truth(lena: Wire, halt: object, executed: int) -> None:
    maps = lena.batch("user.admin", FAILING, "user.admin", halt=halt)
    assert len(maps["result"]) == executed


def test_a_chain_of_moves_comes_out_right(portal: Sandbox, lena: Wire) -> None:
    lena.batch(
        "task.stages.update?id=5&fields[AFTER_ID]=0",
        "task.stages.update?id=4&fields[AFTER_ID]=5",
        "task.stages.update?id=1&fields[AFTER_ID]=2",
    )
    assert [stage.id for stage in portal.portal.board("group-10")] == [5, 4, 2, 1, 3]


def test_a_read_after_an_update_shows_old_data(lena: Wire) -> None:
    maps = lena.batch(
        "task.stages.update?id=2&fields[TITLE]=Changed", "task.stages.get?entityId=10"
    )
    assert maps["result"]["c2"]["2"]["TITLE"] == "In progress"


def test_planner_mode_leaks_into_later_group_writes(lena: Wire) -> None:
    maps = lena.batch(
        "task.stages.get?entityId=0",
        "task.stages.update?id=3&fields[TITLE]=x",
        "task.stages.add?fields[TITLE]=x&fields[ENTITY_ID]=10",
    )
    errors = [maps["result_error"][name]["error"] for name in ("c2", "c3")]
    assert errors == ["ACCESS_DENIED", "ACCESS_DENIED"]


def test_a_stage_added_in_the_batch_seems_empty_to_its_delete(portal: Sandbox, lena: Wire) -> None:
    maps = lena.batch(
        "task.stages.add?fields[TITLE]=x&fields[ENTITY_ID]=10&fields[AFTER_ID]=1",
        "task.stages.movetask?id=1&stageId=$result[c1]",
        "task.stages.delete?id=$result[c1]",
    )
    assert maps["result"]["c3"] is True
    assert portal.portal.tasks[1].stage_id == 0


def test_a_whole_reference_keeps_its_type(portal: Sandbox, lena: Wire) -> None:
    maps = lena.batch(
        "tasks.task.list?filter[STAGE_ID]=2&select[]=ID",
        "user.get?ID[]=$result[c1][tasks][0][responsible][id]",
        "tasks.task.list?filter[ID]=$result[c1][tasks][0][id]&start=$next[c1]",
        "task.stages.update?id=2&fields[TITLE]=$total[c1] tasks",
    )
    assert maps["result_total"]["c3"] == 1
    assert portal.portal.stages[2].title == "115 tasks"


def test_a_scalar_followed_by_indexes_yields_the_scalar(portal: Sandbox, lena: Wire) -> None:
    lena.batch(
        "task.stages.add?fields[TITLE]=Temporary&fields[ENTITY_ID]=10",
        "task.stages.update?id=$result[c1][ID]&fields[TITLE]=Found",
    )
    assert portal.portal.board("group-10")[0].title == "Found"


def test_a_failed_reference_addresses_stage_1_if_anything_succeeded(
    portal: Sandbox, lena: Wire
) -> None:
    lena.batch("user.admin", FAILING, "task.stages.update?id=$result[c2]&fields[TITLE]=Hit")
    assert portal.portal.stages[1].title == "Hit"


def test_a_failed_reference_addresses_nothing_if_nothing_succeeded(lena: Wire) -> None:
    maps = lena.batch(FAILING, "task.stages.update?id=$result[c1]&fields[TITLE]=Missed")
    assert maps["result_error"]["c2"]["error"] == "NOT_FOUND"


def test_text_glued_to_a_reference_is_swallowed(portal: Sandbox, lena: Wire) -> None:
    lena.batch(
        "profile",
        "task.stages.update?id=2&fields[TITLE]=By $result[c1][NAME]glued, then",
        "task.stages.update?id=3&fields[TITLE]=$result[c1][NAME]$result[c1][LAST_NAME]",
    )
    assert portal.portal.stages[2].title == "By Lena then"
    assert portal.portal.stages[3].title == "Lena"


def test_references_in_keys_do_not_work(portal: Sandbox, lena: Wire) -> None:
    lena.batch("profile", "task.stages.update?id=2&fields[$result[c1][NAME]]=x")
    assert portal.portal.stages[2].title == "In progress"


def test_an_error_can_be_referenced(portal: Sandbox, lena: Wire) -> None:
    lena.batch(FAILING, "task.stages.update?id=2&fields[TITLE]=$error[c1][error]")
    assert portal.portal.stages[2].title == "NOT_FOUND"
