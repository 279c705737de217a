"""Pages where the portal wants a pause: how long, why, and how to go on."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sandbox.server import Sandbox
from stages.models import Portal
from stages.services import portal_pace
from tests import portal
from tests.web.test_board_pages import BOARD, HTMX, text

KEY = "group-10"
AGAIN = f"{BOARD}?probe=1"


@pytest.fixture
def review(sandbox: Sandbox) -> str:
    return f"{BOARD}stages/{portal.stage_id(sandbox, KEY, 'Review')}/"


def fill_bucket(seconds: float) -> None:
    bucket = portal_pace.bucket(Portal.objects.get())
    assert bucket
    bucket.fill(pause=seconds)


def put_to_rest(sandbox: Sandbox, visitor: Client) -> None:
    sandbox.faults.arm("html_503", times=100)
    for _ in range(3):
        assert visitor.get(BOARD).status_code == 502
    sandbox.faults.clear()
    sandbox.clear_requests()


def test_a_full_bucket_is_told_with_the_time_and_a_countdown(
    sandbox: Sandbox, lead: Client
) -> None:
    lead.get(BOARD)
    sandbox.clear_requests()
    fill_bucket(40)
    response = lead.get(BOARD)
    page = text(response)
    assert response.status_code == 503
    assert 38 <= int(response.headers["Retry-After"]) <= 40
    assert "The portal asks us to slow down." in page
    assert re.search(r"Try again in (38|39|40) seconds\.", page)
    assert f'<retry-countdown seconds="{response.headers["Retry-After"]}">' in page
    assert "js/retry-countdown.js" in page
    assert sandbox.requests == []


def test_a_lasting_refusal_by_the_limit_says_when_to_come_back(
    sandbox: Sandbox, lead: Client
) -> None:
    sandbox.faults.arm("limit", times=100)
    response = lead.get(BOARD)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "3"


def test_a_portal_that_rests_is_told_with_the_time(sandbox: Sandbox, lead: Client) -> None:
    put_to_rest(sandbox, lead)
    response = lead.get(BOARD)
    page = text(response)
    assert response.status_code == 503
    assert 25 <= int(response.headers["Retry-After"]) <= 30
    assert "The portal did not answer several times" in page
    assert re.search(r"It is asked again in (2\d|30) seconds", page)
    assert sandbox.requests == []


def test_try_again_asks_a_portal_that_rests_and_ends_its_rest(
    sandbox: Sandbox, lead: Client
) -> None:
    put_to_rest(sandbox, lead)
    assert f'href="{AGAIN}"' in text(lead.get(BOARD))
    assert lead.get(AGAIN).status_code == 200
    assert lead.get(BOARD).status_code == 200


def test_try_again_offers_itself_once_more_where_nothing_has_changed(
    sandbox: Sandbox, lead: Client
) -> None:
    put_to_rest(sandbox, lead)
    sandbox.faults.arm("html_503", times=100)
    response = lead.get(AGAIN)
    assert response.status_code == 502
    assert f'href="{AGAIN}"' in text(response)


def test_an_edit_that_met_a_rest_is_tried_again_with_what_was_typed(
    sandbox: Sandbox, lead: Client, review: str
) -> None:
    put_to_rest(sandbox, lead)
    page = text(lead.post(f"{review}rename/", {"title": "QA"}))
    assert "Nothing was changed." in page
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    fields.pop("csrfmiddlewaretoken", None)
    assert fields == {"title": "QA", "probe": "1"}
    assert lead.post(f"{review}rename/", fields).status_code == 302
    assert portal.titles(sandbox, KEY).count("QA") == 1


def test_a_script_is_told_the_time_too(sandbox: Sandbox, lead: Client, review: str) -> None:
    put_to_rest(sandbox, lead)
    part = text(lead.post(f"{review}rename/", {"title": "QA"}, headers=HTMX))
    assert re.search(r'data-retry-after="(2\d|30)"', part)


def test_a_board_without_counts_says_why(sandbox: Sandbox, lead: Client) -> None:
    sandbox.faults.arm("operation_time_limit", method="tasks.task.list", times=100)
    for _ in range(2):
        page = text(lead.get(BOARD))
        assert "Tasks are not counted: the portal has paused that" in page
        assert page.count("Tasks not counted") >= 5
    assert 'aria-label="Move Review"' in page
