"""Stages deleted by a program, at once or in a while, and changes taken back."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.models import Change
from stages.services import long_work
from stages.services.changes import progress
from tests import portal
from tests.api.conftest import Programs
from tests.api.program import Answer, Program

# The work has a thread of its own, and so a database connection of its own.
pytestmark = pytest.mark.django_db(transaction=True)

KEY = "group-10"
BOARD = f"boards/{KEY}/"


@pytest.fixture
def review(sandbox: Sandbox) -> str:
    return f"{BOARD}stages/{portal.stage_id(sandbox, KEY, 'Review')}/"


def tasks_in(sandbox: Sandbox, stage_id: int) -> int:
    return sum(task.stage_id == stage_id for task in sandbox.portal.tasks.values())


def test_a_stage_without_tasks_is_deleted(sandbox: Sandbox, lead: Program) -> None:
    stage = lead.post(f"{BOARD}stages/", {"title": "Empty"}).body["id"]
    answer = lead.delete(f"{BOARD}stages/{stage}/")
    assert (answer.status, answer.body) == (204, None)
    assert stage not in portal.ids(sandbox, KEY)
    assert answer.etag == lead.get(BOARD).etag


def test_a_stage_is_deleted_with_its_tasks_moved(
    sandbox: Sandbox, lead: Program, review: str
) -> None:
    target = portal.stage_id(sandbox, KEY, "Done")
    held = tasks_in(sandbox, portal.stage_id(sandbox, KEY, "Review"))
    before = tasks_in(sandbox, target)
    assert held
    assert lead.delete(review).error == (409, "NO_EMPTY")
    assert lead.delete(f"{review}?move_tasks_to={target}").status == 204
    assert "Review" not in portal.titles(sandbox, KEY)
    assert tasks_in(sandbox, target) == before + held


def test_a_target_that_will_not_do_is_invalid(sandbox: Sandbox, lead: Program, review: str) -> None:
    own = portal.stage_id(sandbox, KEY, "Review")
    for target in (own, 999_999, portal.ids(sandbox, "group-11")[0]):
        answer = lead.delete(f"{review}?move_tasks_to={target}")
        assert answer.error == (400, "INVALID")
        assert list(answer.body["fields"]) == ["move_tasks_to"]
    assert portal.writes(sandbox) == []


def test_the_first_stage_and_a_default_one_stay(sandbox: Sandbox, lead: Program) -> None:
    first = portal.ids(sandbox, KEY)[0]
    answer = lead.delete(f"{BOARD}stages/{first}/")
    assert answer.error == (409, "CANT_DELETE_FIRST")
    support = f"group-{portal.SUPPORT}"
    default = portal.ids(sandbox, support)[-1]
    answer = lead.delete(f"boards/{support}/stages/{default}/")
    assert answer.error == (409, "IS_SYSTEM")
    assert portal.writes(sandbox) == []


def test_a_stage_of_another_board_is_not_deleted(sandbox: Sandbox, lead: Program) -> None:
    foreign = portal.ids(sandbox, "group-11")[3]
    assert lead.delete(f"{BOARD}stages/{foreign}/").error == (404, "NOT_FOUND")
    assert portal.writes(sandbox) == []


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_work, "WAIT", 0.01)


def until_over(program: Program, answer: Answer, wake: Callable[[], None]) -> Answer:
    """Poll the change that an answer names, as a program does, until it is over."""
    assert (answer.status, answer.body["url"]) == (202, answer.headers["Location"])
    path = answer.headers["Location"].partition("/api/v1/")[2]
    going = program.get(path)
    assert going.body["progress"]["state"] == "moving"
    wake()
    deadline = time.monotonic() + 30
    while program.get(path).body["progress"]["state"] == "moving":
        assert time.monotonic() < deadline
    return program.get(path)


@pytest.mark.usefixtures("impatient")
def test_a_deletion_that_takes_long_goes_on_and_tells_how_far(
    sandbox: Sandbox, lead: Program, review: str
) -> None:
    target, stage = portal.stage_id(sandbox, KEY, "Done"), portal.stage_id(sandbox, KEY, "Review")
    held = tasks_in(sandbox, stage)
    sandbox.faults.arm("slow", seconds=0.2)
    answer = lead.delete(f"{review}?move_tasks_to={target}")
    assert lead.get(f"changes/{answer.body['id']}/").body["stage_id"] == stage
    over = until_over(lead, answer, sandbox.faults.clear)
    progress_made = over.body["progress"]
    assert (progress_made["state"], progress_made["moved"]) == ("done", held)
    assert progress_made["total"] == held > 0
    assert over.body["action"] == "begin_delete"
    assert not over.body["can_undo"]
    assert "Review" not in portal.titles(sandbox, KEY)


@pytest.mark.usefixtures("impatient")
def test_addresses_are_those_that_programs_reach_where_it_is_deployed(
    sandbox: Sandbox, lead: Program, review: str, settings: Settings
) -> None:
    settings.LOCAL, settings.ALLOWED_HOSTS = False, ["127.0.0.1"]
    settings.PUBLIC_URL = "https://boards.example:8443"
    api = "https://boards.example:8443/api/v1/"
    page = lead.get("boards/?page_size=1&page=2").body
    assert page["previous"] == f"{api}boards/?page=1&page_size=1"
    assert page["next"] == f"{api}boards/?page=3&page_size=1"
    sandbox.faults.arm("slow", seconds=0.2)
    answer = lead.delete(f"{review}?move_tasks_to={portal.stage_id(sandbox, KEY, 'Done')}")
    assert answer.headers["Location"] == f"{api}changes/{answer.body['id']}/"
    until_over(lead, answer, sandbox.faults.clear)


@pytest.mark.usefixtures("impatient")
def test_a_deletion_that_stops_says_why(sandbox: Sandbox, lead: Program, review: str) -> None:
    sandbox.faults.arm("slow", seconds=0.2)
    over = until_over(lead, lead.delete(review), sandbox.faults.clear)
    assert over.body["progress"]["state"] == "stopped"
    assert "holds tasks" in over.body["progress"]["detail"]


@pytest.mark.usefixtures("impatient")
def test_work_whose_process_is_gone_is_not_said_to_go_on(
    sandbox: Sandbox, lead: Program, review: str
) -> None:
    sandbox.faults.arm("slow", seconds=0.2)
    answer = lead.delete(review)
    until_over(lead, answer, sandbox.faults.clear)
    stored = {**progress.noted(progress.MOVING), "heard": "2026-01-01T00:00:00+00:00"}
    Change.objects.filter(pk=answer.body["id"]).update(after=stored)
    found = lead.get(f"changes/{answer.body['id']}/").body["progress"]
    assert found["state"] == "stopped"
    assert "The same request again goes on" in found["detail"]


def test_changes_are_listed_and_undone(sandbox: Sandbox, lead: Program, review: str) -> None:
    lead.patch(review, {"title": "QA"})
    lead.post("boards/group-11/stages/", {"title": "Other"})
    assert lead.get("changes/").body["count"] == 3  # and the token
    listed = lead.get(f"changes/?board={KEY}").body
    assert listed["count"] == 1
    change = listed["results"][0]
    assert set(change) == {
        *("id", "board", "at", "actor", "source", "action", "stage_id", "before", "after"),
        *("undone", "can_undo", "why_not"),
    }
    assert (change["source"], change["can_undo"]) == ("api", True)
    undone = lead.post(f"changes/{change['id']}/undo/")
    assert undone.status == 200
    assert undone.body["id"] > change["id"]
    assert "Review" in portal.titles(sandbox, KEY)
    again = lead.post(f"changes/{change['id']}/undo/")
    assert again.error == (409, "CONFLICT")
    assert lead.get(f"changes/{change['id']}/").body["undone"]


def test_an_undo_waits_no_longer_for_what_comes_before_it(
    sandbox: Sandbox,
    lead: Program,
    programs: Programs,
    review: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether somebody may see another one's change is asked first."""
    lead.patch(review, {"title": "QA"})
    change = Change.objects.latest("pk").pk
    monkeypatch.setattr(long_work, "WAIT", 0.5)
    sandbox.faults.arm("slow", seconds=1.5, times=1)
    answer = programs("admin").post(f"changes/{change}/undo/")
    assert answer.error == (504, "PORTAL_TIMEOUT")
    assert len(portal.writes(sandbox)) == 1


def test_what_is_no_edit_cannot_be_undone(lead: Program) -> None:
    token = lead.get("changes/").body["results"][0]
    assert (token["action"], token["can_undo"]) == ("create_token", False)
    assert lead.post(f"changes/{token['id']}/undo/").error == (409, "CONFLICT")


def test_a_member_neither_deletes_nor_undoes(
    sandbox: Sandbox, lead: Program, member: Program, review: str
) -> None:
    lead.patch(review, {"title": "QA"})
    change = lead.get(f"changes/?board={KEY}").body["results"][0]["id"]
    assert member.delete(review).error == (403, "ACCESS_DENIED")
    assert member.post(f"changes/{change}/undo/").error == (403, "ACCESS_DENIED")
    assert len(portal.writes(sandbox)) == 1
