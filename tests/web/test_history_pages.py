"""The history in the browser, without a script."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from sandbox.server import Sandbox
from stages.models import Change
from tests import portal
from tests.services import removals
from tests.web.conftest import Visit

BOARD = "/boards/group-10/"


def rename(client: Client, title: str, stage_id: int = 3) -> int:
    client.post(f"{BOARD}stages/{stage_id}/rename/", {"title": title})
    return Change.objects.latest("pk").pk


def text(response: Any) -> str:
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(page.split())


def fields(response: Any) -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', response.content.decode()))


def test_the_history_tells_who_did_what_on_which_board(lead: Client) -> None:
    rename(lead, "Check")
    response = lead.get("/history/")
    assert "Review is now called Check." in text(response)
    assert "on the page · Website relaunch" in text(response)
    assert "Title Review → became Check" in text(response)


def test_a_change_is_undone_by_its_button_and_the_history_says_so(
    sandbox: Sandbox, lead: Client
) -> None:
    change = rename(lead, "Check")
    address = f"/history/{change}/undo/"
    assert f'action="{address}"' in lead.get("/history/?board=group-10").content.decode()
    response = lead.post(address, {"history": "board=group-10"}, follow=True)
    assert response.request["QUERY_STRING"] == "board=group-10"
    assert "Undo: Check is now called Review." in text(response)
    assert "Already undone by admin." in text(response)
    assert portal.titles(sandbox, "group-10")[2] == "Review"


def test_what_cannot_be_undone_is_refused_in_words(lead: Client) -> None:
    change = rename(lead, "Check")
    rename(lead, "QA")
    assert (
        "The title has been changed since: it is “QA” now."
        in lead.get("/history/").content.decode()
    )
    response = lead.post(f"/history/{change}/undo/")
    assert response.status_code == 409
    assert "it is “QA” now" in text(response)
    assert f'<a href="{BOARD}">Open the board</a>' in response.content.decode()


def test_a_script_is_told_how_to_redo(lead: Client) -> None:
    change = rename(lead, "Check")
    response = lead.post(f"/history/{change}/undo/", headers={"hx-request": "true"})
    undo = json.loads(response["Board-Edit"])["undo"]
    assert undo["change"] == Change.objects.latest("pk").pk
    assert undo["name"] == "renaming of Review"
    assert 'id="board"' in response.content.decode()


def test_the_board_offers_to_undo_what_was_done_in_an_earlier_visit(lead: Client) -> None:
    first, second = rename(lead, "Check"), rename(lead, "QA")
    page = lead.get(BOARD)
    assert [step["change"] for step in page.context["steps"].undo] == [first, second]
    lead.post(f"/history/{second}/undo/")
    steps = lead.get(BOARD).context["steps"]
    assert [step["change"] for step in steps.undo] == [first]
    assert [step["name"] for step in steps.redo] == ["renaming of Check"]


def test_a_step_that_others_have_overtaken_is_not_offered(sandbox: Sandbox, lead: Client) -> None:
    change = rename(lead, "Check")
    rename(lead, "Doing", 2)
    sandbox.portal.board("group-10")[1].title = "By hand"
    assert [step["change"] for step in lead.get(BOARD).context["steps"].undo] == [change]


def test_a_step_below_one_that_was_overtaken_is_offered(sandbox: Sandbox, lead: Client) -> None:
    first = rename(lead, "Check")
    rename(lead, "Doing", 2)
    second = rename(lead, "QA")
    sandbox.portal.board("group-10")[1].title = "By hand"
    assert [step["change"] for step in lead.get(BOARD).context["steps"].undo] == [first, second]


def test_filters_are_plain_fields_and_nonsense_in_them_does_no_harm(lead: Client) -> None:
    rename(lead, "Check")
    assert "1 change" in text(lead.get("/history/?board=group-10"))
    assert "0 changes" in text(lead.get("/history/?board=group-11"))
    assert lead.get("/history/?board=nonsense&person=x&page=-3").status_code == 200
    part = lead.get("/history/?board=group-10", headers={"hx-request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="changes">')


def test_a_long_history_has_pages(lead: Client) -> None:
    change = Change.objects.get(pk=rename(lead, "Check"))
    for _ in range(60):
        change.pk = None
        change.save()
    first, second = lead.get("/history/"), lead.get("/history/?page=2")
    assert ("Page 1 of 2" in text(first), "Page 2 of 2" in text(second)) == (True, True)
    assert len(second.context["listed"].entries) == 11


@pytest.mark.parametrize("act", ["undo", "restore"])
def test_the_outsider_finds_nothing(visit: Visit, act: str) -> None:
    lead = visit("lead")
    lead.post("/boards/my-planner/stages/", {"title": "Mine", "after_id": 0, "color": "#FF0000"})
    change = Change.objects.latest("pk").pk
    outsider = visit("admin")
    assert "Mine" not in outsider.get("/history/").content.decode()
    assert outsider.post(f"/history/{change}/{act}/").status_code == 404
    assert outsider.get(f"/history/{change}/restore/").status_code == 404
    assert outsider.get("/history/99999/restore/").status_code == 404


def test_the_address_of_an_undo_leads_to_the_history(lead: Client) -> None:
    assert lead.get(f"/history/{rename(lead, 'Check')}/undo/")["Location"] == "/history/"


def test_a_board_is_restored_after_a_preview(sandbox: Sandbox, lead: Client) -> None:
    before = portal.as_stored(sandbox, "group-10")
    change = rename(lead, "Check")
    lead.post(f"{BOARD}stages/5/move/", {"after_id": 0})
    lead.post(f"{BOARD}stages/", {"title": "QA", "after_id": 2, "color": "#FF0000"})
    preview = lead.get(f"/history/{change}/restore/")
    assert "Check is now called Review." in text(preview)
    assert "QA was deleted." in text(preview)
    assert preview.text.partition("What it takes")[2].count("<li>") == 3
    lead.post(f"/history/{change}/restore/", fields(preview))
    assert portal.as_stored(sandbox, "group-10") == before
    restored = Change.objects.latest("pk")
    assert restored.action == "restore"
    lead.post(f"/history/{restored.pk}/undo/")
    assert portal.titles(sandbox, "group-10")[:3] == ["Done", "Backlog", "In progress"]
    assert portal.titles(sandbox, "group-10")[3] == "QA"


def test_a_restore_asks_where_tasks_go_and_moves_them(sandbox: Sandbox, lead: Client) -> None:
    change = rename(lead, "Check")
    lead.post(f"{BOARD}stages/", {"title": "QA", "after_id": 2, "color": "#FF0000"})
    added = portal.stage_id(sandbox, "group-10", "QA")
    for task_id in range(1, 61):
        sandbox.portal.tasks[task_id].stage_id = added
        sandbox.portal.tasks[task_id].hidden_from = frozenset()
    address = f"/history/{change}/restore/?to=after"
    preview = lead.get(address)
    assert "QA holds 60 tasks. They go to" in text(preview)
    refused = lead.post(address, fields(preview))
    assert refused.status_code == 400
    assert "Choose where the tasks of QA go." in text(refused)
    assert "QA holds 60 tasks. They go to" in text(refused)
    response = lead.post(address, {**fields(refused), f"target-{added}": "4"})
    assert "50 of 60 tasks have left “QA”." in text(response)
    done = lead.post(address, fields(response), follow=True)
    assert "The board is as it was." in text(done)
    assert "QA" not in portal.titles(sandbox, "group-10")
    assert {sandbox.portal.tasks[task].stage_id for task in range(1, 61)} == {4}


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "-1", "x", "\u0661"])
def test_a_restore_heeds_no_number_that_no_stage_can_have(
    sandbox: Sandbox, lead: Client, number: str
) -> None:
    change = rename(lead, "Check")
    address = f"/history/{change}/restore/"
    wrong = {f"target-{number[:30]}": "1", "target-1": number, "stage": number}
    lead.post(address, {**fields(lead.get(address)), **wrong})
    assert portal.titles(sandbox, "group-10")[2] == "Review"


def test_a_restore_touches_no_board_but_the_one_it_was_shown_on(
    sandbox: Sandbox, lead: Client
) -> None:
    change = rename(lead, "Check")
    address = f"/history/{change}/restore/"
    preview = lead.get(address)
    lead.post(f"{BOARD}stages/", {"title": "QA", "after_id": 2, "color": "#FF0000"})
    before = portal.as_stored(sandbox, "group-10")
    for posted in (fields(preview), {}):
        response = lead.post(address, posted)
        assert response.status_code == 412
        assert "The board has changed since you saw what it takes." in text(response)
        assert "QA was deleted." in text(response)
        assert portal.as_stored(sandbox, "group-10") == before
    lead.post(address, fields(response))
    assert portal.titles(sandbox, "group-10")[2] == "Review"
    assert "QA" not in portal.titles(sandbox, "group-10")


def test_a_restore_that_goes_on_leaves_alone_what_came_meanwhile(
    sandbox: Sandbox, lead: Client
) -> None:
    change = rename(lead, "Check")
    lead.post(f"{BOARD}stages/", {"title": "QA", "after_id": 2, "color": "#FF0000"})
    added = portal.stage_id(sandbox, "group-10", "QA")
    for task_id in range(1, 61):
        sandbox.portal.tasks[task_id].stage_id = added
        sandbox.portal.tasks[task_id].hidden_from = frozenset()
    address = f"/history/{change}/restore/?to=after"
    portion = lead.post(address, {**fields(lead.get(address)), f"target-{added}": "4"})
    lead.post(f"{BOARD}stages/", {"title": "Mine", "after_id": 2, "color": "#FF0000"})
    response = lead.post(address, fields(portion))
    assert response.status_code == 412
    assert "Mine was deleted." in text(response)
    assert {"Mine", "QA"} <= set(portal.titles(sandbox, "group-10"))


def test_acting_as_administrator_is_noted_once_and_so_is_its_end(visit: Visit) -> None:
    admin = visit("admin")
    for _ in range(3):
        admin.get("/boards/group-38/?as_admin=1")
    admin.get("/boards/group-38/")
    admin.get("/boards/group-38/")
    noted = list(Change.objects.order_by("pk").values_list("action", "board"))
    assert noted == [("as_admin_on", "group-38"), ("as_admin_off", "group-38")]
    assert "Began to act as administrator." in text(admin.get("/history/"))


def test_an_administrator_s_history_of_a_closed_board_keeps_the_switch_on(visit: Visit) -> None:
    admin = visit("admin")
    stage = admin.get("/boards/group-33/?as_admin=1").context["details"].board.order[1]
    admin.post(f"/boards/group-33/stages/{stage}/rename/", {"title": "Mine", "as_admin": "1"})
    change = Change.objects.latest("pk").pk
    board = admin.get("/boards/group-33/?as_admin=1").content.decode()
    assert "/history/?board=group-33&amp;as_admin=1" in board
    page = admin.get("/history/?board=group-33&as_admin=1").content.decode()
    assert '<option value="group-33" selected>Budget 2027</option>' in page
    assert f"/history/{change}/restore/?as_admin=1" in page
    assert admin.get(f"/history/{change}/restore/?as_admin=1").status_code == 200
    assert admin.get(f"/history/{change}/restore/").status_code == 404
    assert admin.post(f"/history/{change}/undo/").status_code == 404
    done = admin.post(f"/history/{change}/undo/", {"as_admin": "1"}, follow=True)
    assert "Undo: Mine is now called" in text(done)


def test_tasks_left_behind_by_an_undo_are_brought_back_from_the_history(
    sandbox: Sandbox, lead: Client
) -> None:
    for task in sandbox.portal.tasks.values():
        task.hidden_from = frozenset()
    deleting = lead.post(f"{BOARD}stages/2/delete/", {"move_tasks_to": "1"})
    while "of 120 tasks" in text(deleting):
        deleting = lead.post(f"{BOARD}stages/2/delete/", fields(deleting))
    deletion = Change.objects.latest("pk").pk
    undone = text(lead.post(f"/history/{deletion}/undo/"))
    assert "Undo: In progress was added after Backlog." in undone
    assert "50 of 120 tasks are back in In progress." in undone
    page = lead.get("/history/").content.decode()
    assert page.count("Bring back the tasks") == 1
    assert f'action="/history/{deletion}/undo/"' in page
    response = lead.post(f"/history/{deletion}/undo/")
    while going_on := re.search(r'action="(/boards/[^"]+/tasks/)"', response.content.decode()):
        response = lead.post(going_on[1], fields(response))
    restored = portal.stage_id(sandbox, "group-10", "In progress")
    assert len(removals.tasks_in(sandbox, restored)) == 120
    page = text(lead.get("/history/"))
    assert "The tasks of In progress were brought back" in page
    assert "Bring back the tasks" not in page
