"""What goes wrong behind the API: on the portal, on the way to it, and in the installation."""

from __future__ import annotations

import json
import socket
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.bitrix24.clock import SYSTEM, Deadline
from stages.domain.board import BoardRef
from stages.models import ApiToken, Portal, PortalPace
from stages.services import leases
from tests import database, portal
from tests.api.program import Program
from tests.conftest import Connect

KEY = "group-10"
BOARD = f"boards/{KEY}/"
UPDATE = "task.stages.update"


@pytest.fixture
def review(sandbox: Sandbox) -> str:
    return f"{BOARD}stages/{portal.stage_id(sandbox, KEY, 'Review')}/"


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("limit", 503, "PORTAL_LIMIT"),
        ("operation_time_limit", 503, "PORTAL_LIMIT"),
        ("html", 502, "PORTAL_FAILED"),
        ("html_200", 502, "PORTAL_NONSENSE"),
        ("half_answer", 502, "PORTAL_UNREACHABLE"),
        ("late_work", 504, "PORTAL_TIMEOUT"),
        ("moved", 502, "PORTAL_MOVED"),
    ],
)
def test_a_portal_that_fails_is_told_as_such(
    sandbox: Sandbox, lead: Program, settings: Settings, fault: str, status: int, code: str
) -> None:
    settings.BITRIX24_TIMEOUT = 1
    sandbox.faults.arm(fault, times=20, seconds=30)
    answer = lead.get(BOARD)
    assert answer.error == (status, code)
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_a_read_ends_by_the_deadline_however_long_an_answer_may_take(
    sandbox: Sandbox, lead: Program, settings: Settings
) -> None:
    settings.BITRIX24_TIMEOUT, settings.BITRIX24_DEADLINE = 60, 1
    sandbox.faults.arm("late_answer", lasting=True, seconds=60)
    began = time.monotonic()
    answer = lead.get(BOARD)
    assert answer.error == (504, "PORTAL_TIMEOUT")
    assert time.monotonic() - began < 30


def test_a_portal_that_refuses_our_credentials_is_told(sandbox: Sandbox, lead: Program) -> None:
    credential = ApiToken.objects.get().credential
    credential.secret = "gone"
    credential.save()
    answer = lead.get(BOARD)
    assert answer.error == (502, "PORTAL_CREDENTIALS")
    assert "gone" not in json.dumps(answer.body)
    assert sandbox.requests


def test_a_portal_that_cannot_be_reached_is_told(sandbox: Sandbox, lead: Program) -> None:
    sandbox.stop()
    try:
        answer = lead.get(BOARD)
    finally:
        sandbox.start()
    assert answer.error == (502, "PORTAL_UNREACHABLE")


def test_a_portal_that_lets_nobody_in_cannot_be_reached(lead: Program, settings: Settings) -> None:
    settings.BITRIX24_TIMEOUT = 0.5
    with socket.socket() as full, socket.socket() as waiting:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting.connect(full.getsockname())  # the only one for whom there is room
        Portal.objects.update(base_url=f"http://127.0.0.1:{full.getsockname()[1]}")
        answer = lead.get(BOARD)
    assert answer.error == (502, "PORTAL_UNREACHABLE")
    assert "does not respond" in answer.body["detail"]


def test_a_portal_that_rests_is_asked_where_that_is_wanted(sandbox: Sandbox, lead: Program) -> None:
    lead.get(BOARD)
    now = timezone.now()
    PortalPace.objects.update_or_create(
        portal=ApiToken.objects.get().credential.portal,
        defaults={
            "dead_answers": 3,
            "rests_since": now,
            "rests_until": now + timedelta(seconds=30),
        },
    )
    asked = len(sandbox.requests)
    answer = lead.get(BOARD)
    assert answer.error == (503, "PORTAL_RESTING")
    assert 1 <= int(answer.headers["Retry-After"]) <= 30
    assert len(sandbox.requests) == asked
    assert lead.get(f"{BOARD}?probe=1").status == 200
    assert lead.get(BOARD).status == 200


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("ACCESS_DENIED", (403, "ACCESS_DENIED")),
        ("EMPTY_TITLE", (409, "CONFLICT")),
        ("IS_SYSTEM", (409, "IS_SYSTEM")),
    ],
)
def test_what_the_portal_refuses_is_refused_in_words(
    sandbox: Sandbox, lead: Program, review: str, code: str, told: tuple[int, str]
) -> None:
    sandbox.faults.arm("refused_by_code", method=UPDATE, code=code, status=400, times=3)
    answer = lead.patch(review, {"title": "QA"})
    assert answer.error == told
    assert code not in answer.body["detail"]


@pytest.mark.parametrize("fault", ["limit", "html", "reset_before"])
def test_an_edit_that_was_taken_and_not_read_back_is_told_as_such(
    sandbox: Sandbox, lead: Program, settings: Settings, review: str, fault: str
) -> None:
    settings.BITRIX24_DEADLINE = 2
    # Only the read that confirms an edit counts tasks.
    sandbox.faults.arm(fault, method="tasks.task.list", lasting=True)
    answer = lead.patch(review, {"title": "QA"})
    assert answer.error == (502, "UNCONFIRMED")
    assert "Retry-After" not in answer.headers
    assert "QA" in portal.titles(sandbox, KEY)


def test_a_board_that_somebody_writes_to_is_busy(
    sandbox: Sandbox, lead: Program, connect: Connect, settings: Settings, review: str
) -> None:
    settings.BITRIX24_DEADLINE = 1
    with leases.held(connect("admin"), BoardRef(portal.RELAUNCH), Deadline.within(30, SYSTEM)):
        answer = lead.patch(review, {"title": "QA"})
    assert answer.error == (503, "BOARD_BUSY")
    assert int(answer.headers["Retry-After"]) >= 1
    assert portal.writes(sandbox) == []
    assert lead.patch(review, {"title": "QA"}).status == 200


@pytest.mark.parametrize("local", [True, False])
def test_a_database_that_fails_is_told(lead: Program, settings: Settings, local: bool) -> None:
    settings.LOCAL, settings.ALLOWED_HOSTS = local, ["127.0.0.1"]
    with database.failing():
        answer = lead.get("changes/")
    assert answer.error == (503, "UNAVAILABLE")
    assert int(answer.headers["Retry-After"]) >= 1


def test_an_edit_under_which_the_database_fails_is_not_to_be_repeated_unseen(
    lead: Program, review: str
) -> None:
    with database.failing():
        answer = lead.patch(review, {"title": "QA"})
    assert answer.error == (502, "UNCONFIRMED")
    assert "Retry-After" not in answer.headers


def test_what_the_database_does_not_take_is_a_mistake_of_ours(lead: Program) -> None:
    with database.failing(kind=IntegrityError):
        answer = lead.get("changes/")
    assert answer.error == (500, "FAILED")
