"""Boards and their stages, read and edited by a program."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from stages.models import Portal
from tests import portal
from tests.api.conftest import Programs
from tests.api.program import Program

BOARD = "boards/group-10/"
KEY = "group-10"


def test_boards_are_listed_page_by_page(lead: Program) -> None:
    whole = lead.get("boards/").body
    assert (whole["next"], whole["previous"]) == (None, None)
    assert whole["count"] == len(whole["results"]) > 3
    assert whole["results"][0] == {
        "ref": "my-planner",
        "kind": "my_planner",
        "entity_id": 0,
        "title": "My Planner",
        "closed": False,
        "can_edit": True,
        "why_not": "",
    }
    seen, address = [], "boards/?page_size=3"
    while address:
        page = lead.get(address.removeprefix("http://127.0.0.1:8000")).body
        seen += page["results"]
        address = page["next"]
    assert seen == whole["results"]


def test_a_page_leads_back(lead: Program) -> None:
    page = lead.get("boards/?page_size=1&page=2&search=re").body
    assert page["previous"] == "http://127.0.0.1:8000/api/v1/boards/?page=1&page_size=1&search=re"


def test_a_page_that_does_not_exist_is_not_found(lead: Program) -> None:
    assert lead.get("boards/?page=99").error == (404, "NOT_FOUND")


def test_boards_are_searched_by_words(lead: Program) -> None:
    found = lead.get("boards/?search=relaunch%20WEB").body["results"]
    assert [board["ref"] for board in found] == [KEY]


def test_a_board_has_its_stages_and_an_etag(sandbox: Sandbox, lead: Program) -> None:
    answer = lead.get(BOARD)
    assert answer.status == 200
    assert [stage["id"] for stage in answer.body["stages"]] == portal.ids(sandbox, KEY)
    first = answer.body["stages"][0]
    assert (first["title"], first["system_type"], first["is_first"]) == ("Backlog", "NEW", True)
    assert set(answer.body) == {
        *("ref", "kind", "entity_id", "title", "can_edit", "why_not", "stages"),
    }
    assert lead.get(BOARD).etag == answer.etag
    sandbox.portal.board(KEY)[2].title = "Changed"
    assert lead.get(BOARD).etag != answer.etag


def test_a_member_reads_and_is_told_who_may_edit(member: Program) -> None:
    board = member.get(BOARD).body
    assert not board["can_edit"]
    assert "owner Lena Lead" in board["why_not"]


def test_a_stage_is_added_at_the_end_at_the_start_or_after_another(
    sandbox: Sandbox, lead: Program
) -> None:
    last = lead.post(f"{BOARD}stages/", {"title": " Last "})
    assert (last.status, last.body["title"], last.body["is_first"]) == (201, "Last", False)
    assert last.body["color"] in {"468EE5", "1EAE43", "00C4FB", "47D1E2", "75D900", "FFAB00"}
    first = lead.post(f"{BOARD}stages/", {"title": "First", "color": "#abcdef", "after_id": 0})
    assert (first.body["is_first"], first.body["color"]) == (True, "ABCDEF")
    anchor = first.body["id"]
    lead.post(f"{BOARD}stages/", {"title": "Second", "after_id": anchor})
    titles = portal.titles(sandbox, KEY)
    assert (titles[:2], titles[-1]) == (["First", "Second"], "Last")
    assert last.body["id"] == portal.ids(sandbox, KEY)[-1]


def test_a_stage_is_changed_in_three_requests(sandbox: Sandbox, lead: Program) -> None:
    stage = portal.stage_id(sandbox, KEY, "Review")
    asked = len(sandbox.requests)
    answer = lead.patch(
        f"{BOARD}stages/{stage}/", {"title": "QA", "color": "00C4FB", "after_id": 0}
    )
    assert (answer.status, answer.body["title"], answer.body["color"]) == (200, "QA", "00C4FB")
    assert portal.titles(sandbox, KEY)[0] == "QA"
    assert len(sandbox.requests) - asked == 3
    assert answer.etag == lead.get(BOARD).etag


def test_a_patch_that_changes_nothing_sends_nothing(sandbox: Sandbox, lead: Program) -> None:
    stage = portal.stage_id(sandbox, KEY, "Review")
    assert lead.patch(f"{BOARD}stages/{stage}/", {}).body["title"] == "Review"
    assert lead.patch(f"{BOARD}stages/{stage}/", {"title": "Review"}).status == 200
    assert portal.writes(sandbox) == []


def test_an_order_is_put_in_one_request(sandbox: Sandbox, lead: Program) -> None:
    wanted = portal.ids(sandbox, KEY)[::-1]
    asked = len(sandbox.requests)
    answer = lead.put(f"{BOARD}order/", {"stage_ids": wanted})
    assert [stage["id"] for stage in answer.body["stages"]] == wanted
    assert answer.body["moves"] == len(wanted) - 1
    assert portal.ids(sandbox, KEY) == wanted
    assert len(sandbox.requests) - asked == 3


def test_acting_as_administrator_takes_a_token_that_may(
    sandbox: Sandbox, programs: Programs
) -> None:
    board = f"group-{portal.SUPPORT}"
    path = f"boards/{board}/stages/{portal.ids(sandbox, board)[2]}/"
    plain, switched = programs("admin"), programs("admin", may_act_as_admin=True)
    assert plain.patch(path, {"title": "Mine"}).error == (403, "ACCESS_DENIED")
    refused = plain.patch(f"{path}?as_admin=1", {"title": "Mine"})
    assert refused.error == (403, "ACCESS_DENIED")
    assert "token may not" in refused.body["detail"]
    assert portal.writes(sandbox) == []
    assert switched.patch(f"{path}?as_admin=1", {"title": "Mine"}).status == 200
    assert "Mine" in portal.titles(sandbox, board)


def test_who_is_no_administrator_cannot_act_as_one(programs: Programs) -> None:
    lead = programs("lead", may_act_as_admin=True)
    refused = lead.get(f"{BOARD}?as_admin=1")
    assert refused.error == (403, "ACCESS_DENIED")


def test_rpa_is_read_as_the_portal_documents_it(sandbox: Sandbox, lead: Program) -> None:
    kind = lead.get("rpa/types/").body[0]
    stages = lead.get(f"rpa/types/{kind['id']}/stages/").body
    assert stages[0]["typeId"] == kind["id"]
    with_task = next(
        stage.id for one in sandbox.portal.rpa_types.values() for stage in one.stages if stage.tasks
    )
    stage = lead.get(f"rpa/stages/{with_task}/").body
    assert stage["tasks"][0]["users"][0]["entityType"] == "users"
    assert lead.get("rpa/stages/999999/").error == (404, "NOT_FOUND")


@pytest.mark.parametrize("path", ["boards/group-10/", "boards/"])
def test_a_portal_in_the_address_has_to_be_the_tokens(lead: Program, path: str) -> None:
    slug = Portal.objects.get().slug
    assert lead.get(f"/p/{slug}/api/v1/{path}").status == 200
    assert lead.get(f"/p/another/api/v1/{path}").error == (404, "NOT_FOUND")
