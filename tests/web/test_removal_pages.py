"""Deleting a stage with tasks: the question, the portions, and where it stands when it stops."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sandbox.server import Sandbox
from tests import portal
from tests.services import removals
from tests.services.removals import BACKLOG, CROWDED, DELETE, MOVE, REVIEW
from tests.web.conftest import Visit
from tests.web.test_board_pages import BOARD, HTMX, text

KEY = "group-10"
STAGES = f"{BOARD}stages/"
URL = f"{STAGES}{CROWDED}/delete/"


@pytest.fixture
def visible(sandbox: Sandbox) -> Sandbox:
    removals.everything_visible(sandbox)
    return sandbox


def header(response: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(response.headers["Board-Edit"])
    return found


def post(client: Client, edit: dict[str, Any]) -> Any:
    """Post an edit as the page's script does."""
    if edit.get("change"):
        path = reverse("undo", args=[edit["change"]])
    else:
        path = STAGES if edit["action"] == "add" else f"{STAGES}{edit['stage']}/{edit['action']}/"
    return client.post(path, edit["fields"], headers=HTMX)


def run_through(client: Client, edit: dict[str, Any]) -> tuple[Any, list[dict[str, int]]]:
    """Post an edit and go on as its answers say; return the last one, and the progress."""
    response, progress = post(client, edit), []
    while "continue" in header(response) and response.status_code == 200:
        progress.append(header(response)["progress"])
        response = post(client, header(response)["continue"])
    return response, progress


def deletion(target: int = BACKLOG) -> dict[str, Any]:
    return {"stage": CROWDED, "action": "delete", "fields": {"move_tasks_to": target}}


def test_the_page_counts_the_tasks_and_proposes_the_stage_before(lead: Client) -> None:
    page = text(lead.get(URL))
    assert "115 tasks: 95 open, 20 completed." in page
    assert "Others may be hidden from you" in page
    assert f'<option value="{BACKLOG}" selected>Backlog</option>' in page
    assert f'<option value="{CROWDED}"' not in page
    assert "Move 115 tasks and delete" in page
    assert f'href="{BOARD}">Cancel' in page
    assert "<html" in page


def test_the_dialog_is_the_same_question_without_a_page_around(lead: Client) -> None:
    part = text(lead.get(URL, headers=HTMX))
    assert "<html" not in part
    assert "<h2>Delete “In progress”?</h2>" in part
    assert "Move 115 tasks and delete" in part
    assert 'value="cancel" formmethod="dialog"' in part
    assert "data-stage-id" not in part


def test_one_task_is_one(sandbox: Sandbox, lead: Client) -> None:
    removals.few_tasks(sandbox, 1)
    page = text(lead.get(URL))
    assert "1 task: 0 open, 1 completed." in page
    assert "Move 1 task and delete" in page


def test_an_empty_stage_asks_no_more_than_whether(sandbox: Sandbox, lead: Client) -> None:
    removals.few_tasks(sandbox, 0)
    page = text(lead.get(URL))
    assert "Delete stage" in page
    assert "<select" not in page


def test_tasks_that_could_not_be_counted_still_get_a_target(sandbox: Sandbox, lead: Client) -> None:
    sandbox.faults.arm("operation_time_limit", method="tasks.task.list", times=2)
    page = text(lead.get(URL))
    assert "could not be counted" in page
    assert "Move its tasks and delete" in page


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "dialog"])
def test_the_first_stage_says_why_it_stays(lead: Client, headers: dict[str, str]) -> None:
    page = text(lead.get(f"{STAGES}{BACKLOG}/delete/", headers=headers))
    assert "new tasks land there" in page
    assert "and delete" not in page
    assert ("Close</button>" in page) is bool(headers)


def test_a_default_stage_says_why_it_stays(sandbox: Sandbox, lead: Client) -> None:
    typed = portal.ids(sandbox, f"group-{portal.SUPPORT}")[1]
    page = text(lead.get(f"/boards/group-{portal.SUPPORT}/stages/{typed}/delete/"))
    assert "The portal keeps this stage" in page


def test_who_may_not_edit_is_told_who_may(member: Client) -> None:
    page = text(member.get(URL))
    assert "owner Lena Lead" in page
    assert "and delete" not in page


def test_a_plain_browser_goes_on_by_a_button_until_the_stage_is_gone(
    visible: Sandbox, lead: Client
) -> None:
    first = lead.post(URL, {"move_tasks_to": BACKLOG})
    assert first.status_code == 200
    assert "50 of 120 tasks have moved to Backlog." in text(first)
    assert text(first).count("<button") == 1
    second = lead.post(URL, header(first)["continue"]["fields"])
    assert "100 of 120 tasks have moved to Backlog." in text(second)
    last = lead.post(URL, header(second)["continue"]["fields"], follow=True)
    assert last.redirect_chain == [(BOARD, 302)]
    assert "In progress was deleted; its 120 tasks are now in Backlog." in text(last)
    assert CROWDED not in portal.ids(visible, KEY)


def test_a_script_learns_what_to_post_next_and_how_far_it_is(
    visible: Sandbox, lead: Client
) -> None:
    first = post(lead, deletion())
    assert header(first) == {
        "continue": {
            "stage": CROWDED,
            "action": "delete",
            "fields": {
                "move_tasks_to": BACKLOG,
                "moved": ",".join(map(str, range(1, 51))),
                "total": 120,
            },
        },
        "progress": {"moved": 50, "total": 120},
    }
    assert 'id="board"' not in text(first)
    last, progress = run_through(lead, deletion())
    # Begun anew, it knows what had moved.
    assert [step["moved"] for step in progress] == [100]
    assert 'id="board"' in text(last)
    assert "In progress was deleted" in text(last)
    assert CROWDED not in portal.ids(visible, KEY)


def test_a_deletion_is_undone_with_its_tasks_and_done_again(visible: Sandbox, lead: Client) -> None:
    deleted, _ = run_through(lead, deletion())
    undo = header(deleted)["undo"]
    assert undo["name"] == "deletion of In progress"
    visible.portal.tasks[5].stage_id = REVIEW
    first = post(lead, undo)
    redo = header(first)["undo"]
    restored, progress = run_through(lead, header(first)["continue"])
    added = portal.ids(visible, KEY)[1]
    assert added not in (BACKLOG, CROWDED, REVIEW)
    assert header(first)["progress"]["moved"] == 0
    assert [step["moved"] for step in progress] == [49, 99]
    assert len(removals.tasks_in(visible, added)) == 119
    assert "119 of 120 tasks are back in In progress" in text(restored)
    assert redo["name"] == "deletion of In progress"
    run_through(lead, redo)
    assert added not in portal.ids(visible, KEY)
    assert removals.tasks_in(visible, added) == set()
    assert len(removals.tasks_in(visible, BACKLOG)) >= 119


def test_hidden_tasks_stop_it_with_an_offer_to_move_back(lead: Client) -> None:
    page = lead.post(URL, {"move_tasks_to": BACKLOG})
    while page.status_code == 200:
        page = lead.post(URL, header(page)["continue"]["fields"])
    assert page.status_code == 409
    assert "115 of 115 tasks are in Backlog now." in text(page)
    assert "Move those tasks back" in text(page)
    assert "Go on" in text(page)


def test_a_script_learns_how_to_move_back(sandbox: Sandbox, lead: Client) -> None:
    stopped, _ = run_through(lead, deletion())
    assert stopped.status_code == 409
    assert 'data-stage-id="2"' in text(stopped), "the board as it is"
    back = header(stopped)["back"]
    assert back["stage"] == CROWDED
    returned, _ = run_through(lead, back)
    assert "115 tasks are back in In progress." in text(returned)
    assert header(returned) == {"undo": None}
    assert len(removals.tasks_in(sandbox, CROWDED)) == 120


def test_a_portal_that_is_down_half_way_leaves_a_button_to_go_on(
    visible: Sandbox, lead: Client
) -> None:
    first = lead.post(URL, {"move_tasks_to": BACKLOG})
    visible.stop()
    try:
        page = lead.post(URL, header(first)["continue"]["fields"])
        part = lead.post(URL, header(first)["continue"]["fields"], headers=HTMX)
    finally:
        visible.start()
    assert page.status_code == part.status_code == 502
    assert "50 of 120 tasks had moved" in text(page)
    assert "Go on" in text(page)
    assert part.headers["HX-Reswap"] == "none"
    assert header(part)["continue"] == header(first)["continue"]
    done, _ = run_through(lead, header(part)["continue"])
    assert "its 120 tasks are now in Backlog" in text(done)


def test_the_address_of_tasks_leads_to_their_stage(lead: Client) -> None:
    response = lead.get(f"{STAGES}{CROWDED}/tasks/")
    assert (response.status_code, response.headers["Location"]) == (302, f"{STAGES}{CROWDED}/")


def test_acting_as_administrator_lasts_until_the_stage_is_gone(
    visible: Sandbox, visit: Visit
) -> None:
    admin = visit("admin")
    visible.portal.groups[10].members[1] = "K"
    assert "Read-only" in text(admin.get(URL))
    page = text(admin.get(f"{URL}?as_admin=1"))
    assert '<input type="hidden" name="as_admin" value="1">' in page
    first = admin.post(URL, {"move_tasks_to": BACKLOG, "as_admin": "1"})
    assert '<input type="hidden" name="as_admin" value="1">' in text(first)
    fields = header(first)["continue"]["fields"] | {"as_admin": "1"}
    second = admin.post(URL, fields)
    last = admin.post(URL, header(second)["continue"]["fields"] | {"as_admin": "1"})
    assert last.headers["Location"] == f"{BOARD}?as_admin=1"
    assert CROWDED not in portal.ids(visible, KEY)


def test_a_run_is_told_by_method_and_number_of_requests(visible: Sandbox, lead: Client) -> None:
    run_through(lead, deletion())
    methods = [method for method, _ in portal.writes(visible)]
    assert (methods.count(MOVE), methods.count(DELETE)) == (120, 1)
    assert len(visible.requests) == 3 + 12 + 2
