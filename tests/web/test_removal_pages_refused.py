"""Pages of a deletion that is refused: what does not fit, and who may not."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from sandbox.server import Sandbox
from tests import portal
from tests.services.removals import BACKLOG, CROWDED, REVIEW
from tests.web.conftest import Visit
from tests.web.test_board_pages import BOARD, HTMX, text

STAGES = f"{BOARD}stages/"
URL = f"{STAGES}{CROWDED}/delete/"


@pytest.mark.parametrize("target", ["2", "9999", "299", "x", "-1", "9" * 30, "1.5", "1 2"])
def test_a_wrong_target_sends_nothing(sandbox: Sandbox, lead: Client, target: str) -> None:
    for headers in ({}, HTMX):
        response = lead.post(URL, {"move_tasks_to": target}, headers=headers)
        assert response.status_code == 400
        assert "Nothing was changed." in text(response)
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize(
    "fields", [{"moved": "1,x"}, {"moved": "1,,2"}, {"total": "x"}, {"moved": "0"}, {"moved": "1,"}]
)
def test_wrong_news_of_an_earlier_portion_sends_nothing(
    sandbox: Sandbox, lead: Client, fields: dict[str, str]
) -> None:
    response = lead.post(URL, {"move_tasks_to": BACKLOG, **fields})
    assert response.status_code == 400
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"tasks": "1,2"},
        {"from": "1"},
        {"tasks": "x", "from": "1"},
        {"tasks": "1", "from": "2"},
        {"tasks": ",".join(map(str, range(1, 3000))), "from": "1"},
    ],
)
def test_a_way_back_that_makes_no_sense_sends_nothing(
    sandbox: Sandbox, lead: Client, fields: dict[str, str]
) -> None:
    response = lead.post(f"{STAGES}{CROWDED}/tasks/", fields)
    assert response.status_code == 400
    assert portal.writes(sandbox) == []


def test_a_stage_that_is_gone_has_the_name_that_the_person_saw(lead: Client) -> None:
    url = f"{STAGES}999/delete/"
    assert "This board has no stage 999" in text(lead.post(url, headers=HTMX))
    shown = json.dumps([[BACKLOG, "Backlog", "00C4FB"], [999, "Triage", "112233"]])
    response = lead.post(url, {"shown": shown}, headers=HTMX)
    assert response.status_code == 404
    assert "Triage has been deleted already" in text(response)


def test_without_a_target_a_stage_with_tasks_stays(sandbox: Sandbox, lead: Client) -> None:
    response = lead.post(URL)
    assert response.status_code == 409
    assert "In progress holds tasks." in text(response)
    assert portal.writes(sandbox) == []


def test_a_stage_of_another_board_is_not_found(sandbox: Sandbox, lead: Client) -> None:
    foreign = portal.ids(sandbox, f"group-{portal.ROADMAP}")[1]
    url = f"{STAGES}{foreign}/delete/"
    assert lead.get(url).status_code == 404
    assert lead.post(url, {"move_tasks_to": BACKLOG}).status_code == 404
    back = {"tasks": "1,2", "from": BACKLOG}
    assert lead.post(f"{STAGES}{foreign}/tasks/", back).status_code == 404
    assert portal.writes(sandbox) == []


def test_a_member_moves_and_deletes_nothing(sandbox: Sandbox, member: Client) -> None:
    assert member.post(URL, {"move_tasks_to": BACKLOG}).status_code == 403
    back = {"tasks": "1,2", "from": BACKLOG}
    assert member.post(f"{STAGES}{REVIEW}/tasks/", back).status_code == 403
    assert portal.writes(sandbox) == []


def test_a_form_from_elsewhere_deletes_nothing(sandbox: Sandbox, visit: Visit) -> None:
    visit("lead")
    outsider = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1:8000"})
    assert outsider.post(URL, {"move_tasks_to": BACKLOG}).status_code == 403
    assert portal.writes(sandbox) == []
