"""Connecting a portal by a webhook."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.models import Change, Credential
from tests.bitrix24 import server as double
from tests.web.conftest import Visit
from tests.web.connecting import PAGE, connect, own
from tests.web.test_board_pages import text


def test_a_webhook_is_tested_stored_and_shown(alone: Client, sandbox: Sandbox) -> None:
    page = connect(alone, sandbox.webhook("admin"))
    assert f"Connected to {sandbox.domain}, as Ada Admin." in page
    assert "Ada Admin, administrator of the portal" in page
    assert "Works" in page
    assert "Missing" not in page
    found = own()
    assert (found.kind, found.secret, found.person_id) == ("webhook", "sandbox-admin", 1)
    assert found.tested_at
    assert timezone.now() - found.tested_at < timedelta(minutes=1)
    assert [record.method for record in sandbox.requests] == ["batch"]
    assert alone.get("/").status_code == 200


def test_connecting_is_in_the_history(alone: Client, sandbox: Sandbox) -> None:
    connect(alone, sandbox.webhook("lead"))
    change = Change.objects.get()
    assert (change.action, change.actor, change.person_id) == ("connect", "admin", 2)
    assert change.after == {"by": "inbound webhook", "as": "Lena Lead"}


def test_missing_scopes_are_told_by_feature(alone: Client, sandbox: Sandbox) -> None:
    page = connect(alone, sandbox.webhook("narrow"))
    assert "The list of groups, and who may edit their boards: scope <code>sonet_group" in page
    assert "RPA processes: scope <code>rpa" in page
    assert "scope <code>user_brief" not in page


def test_a_webhook_without_tasks_is_not_stored(alone: Client, sandbox: Sandbox) -> None:
    sandbox.find_webhook("lead").scopes = frozenset({"sonet_group"})
    assert "no right to tasks" in connect(alone, sandbox.webhook("lead"))
    assert not Credential.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "This field is required"),
        ("https://portal.example/", "has the form /rest/USER/CODE/"),
        ("http://portal.example/rest/1/s3cret/", "http:// is for this machine"),
        ("portal.example/rest/1/s3cret", "begins with https://"),
    ],
)
def test_what_is_no_webhook_is_said_to_be_none(alone: Client, typed: str, says: str) -> None:
    answer = alone.post(f"{PAGE}webhooks/", {"webhook": typed})
    assert answer.status_code == 400
    assert says in text(answer)
    assert "s3cret" not in text(answer)


@pytest.mark.parametrize(
    ("who", "fault", "says"),
    [
        ("nobody", "", "does not know this webhook"),
        ("dismissed", "", "does not let the connected person in"),
        ("lead", "html", "The portal failed"),
        ("lead", "late_answer", "did not answer in time"),
        ("lead", "moved", "says that it has moved to moved.example"),
        ("lead", "html_200", "an answer that makes no sense"),
    ],
)
def test_a_portal_that_does_not_take_it_is_told_and_nothing_stored(
    alone: Client,
    sandbox: Sandbox,
    caplog: pytest.LogCaptureFixture,
    who: str,
    fault: str,
    says: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    if fault:
        sandbox.faults.arm(fault, times=9, seconds=3)
    webhook = (
        sandbox.webhook("lead").replace("lead", who) if who == "nobody" else sandbox.webhook(who)
    )
    answer = alone.post(f"{PAGE}webhooks/", {"webhook": webhook})
    assert answer.status_code in (502, 504)
    assert says in text(answer)
    code = f"sandbox-{who}"
    assert code not in text(answer)
    assert code not in caplog.text
    assert not Credential.objects.exists()


def test_a_portal_that_is_down_is_told(alone: Client) -> None:
    with double.Server(double.result(1)) as gone:
        webhook = gone.webhook
    assert "cannot be reached" in connect(alone, webhook)


def test_deployed_no_private_address_is_called(
    alone: Client, sandbox: Sandbox, settings: Settings
) -> None:
    settings.LOCAL = False
    settings.PORTAL_HOSTS = set()
    alone.force_login(User.objects.create_user("alice"))
    assert "not a public one" in connect(alone, sandbox.webhook("lead"))
    assert sandbox.requests == []


def test_with_a_webhook_in_the_settings_no_other_portal_is_connected(
    visit: Visit, sandbox: Sandbox, settings: Settings
) -> None:
    client = visit("lead")
    settings.USES_SANDBOX = False
    other = sandbox.webhook("admin").replace("localhost", "127.0.0.1")
    assert f"shows {settings.BITRIX24_WEBHOOK.host} and no other portal" in connect(client, other)
