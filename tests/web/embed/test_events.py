"""What a portal's queue tells, over a real socket, and what others make up."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from sandbox.forgery import EVENTS
from sandbox.server import Sandbox
from stages.models import Change, Credential, Installation, Portal
from tests import factories
from tests.web.embed.frame import ADA, HOST, LENA, MAX, Frame, text
from tests.web.embed.telling import post, send, uninstalled


def test_an_installation_brings_the_application_token(portal: Sandbox) -> None:
    pair = portal.authority.issue(portal.installation, ADA)
    assert send(portal, "ONAPPINSTALL", pair) == 200
    installation = Installation.objects.get()
    assert installation.application_token == portal.installation.token
    assert not Credential.objects.exists()


def test_a_new_application_token_takes_an_administrators_access_token(installed: Sandbox) -> None:
    other = "5" * 32
    assert send(installed, "ONAPPINSTALL", None, application_token=other) == 403
    lena = installed.authority.issue(installed.installation, LENA)
    assert send(installed, "ONAPPINSTALL", lena, application_token=other) == 403
    assert Installation.objects.get().application_token == installed.installation.token
    ada = installed.authority.issue(installed.installation, ADA)
    assert send(installed, "ONAPPUPDATE", ada, application_token=other) == 200
    assert Installation.objects.get().application_token == other


def test_a_new_version_is_bound_again(installed: Sandbox) -> None:
    installed.installation.handlers.clear()
    ada = installed.authority.issue(installed.installation, ADA)
    assert send(installed, "ONAPPUPDATE", ada) == 200
    assert len(installed.installation.handlers) == 3
    assert len(installed.installation.placements) == 4


@pytest.mark.parametrize(
    "changed",
    [
        {"access_token": "f" * 70},
        {"access_token": ""},
        {"member_id": "0" * 32},
        {"domain": "evil.example"},
        {"domain": "user:password@localhost"},
        {"server_endpoint": "https://evil.example/rest/"},
        {"access_token": "x" * 1_000_000},
        {"member_id": "a\0b"},
    ],
)
def test_made_up_news_of_an_installation_is_refused(
    portal: Sandbox, changed: dict[str, str]
) -> None:
    ada = portal.authority.issue(portal.installation, ADA)
    assert send(portal, "ONAPPINSTALL", ada, **changed) == 403
    assert portal.requests == []
    assert not Portal.objects.exists()


@pytest.mark.parametrize("event", ["ONAPPINSTALL", "ONAPPUPDATE", "ONAPPUNINSTALL"])
@pytest.mark.parametrize("field", ["domain", "client_endpoint", "server_endpoint"])
def test_nothing_is_sent_to_an_address_in_an_event(
    installed: Sandbox, event: str, field: str
) -> None:
    """Let the address be one where somebody listens, who would notice."""
    installed.clear_requests()
    with socket.create_server(("127.0.0.1", 0)) as evil:
        host = f"127.0.0.1:{evil.getsockname()[1]}"
        told = host if field == "domain" else f"http://{host}/rest/"
        member = installed.authority.issue(installed.installation, MAX)
        pair = None if event == "ONAPPUNINSTALL" else member
        assert send(installed, event, pair, **{field: told}) == 403
        evil.settimeout(0)
        with pytest.raises(BlockingIOError):
            evil.accept()  # nobody has connected
    # The client's address is the authorization server's to say, so there the true portal is asked.
    asked = [record.method for record in installed.requests]
    assert asked == (["profile"] if field == "client_endpoint" and pair else [])


def test_an_uninstallation_ends_every_session(installed: Sandbox) -> None:
    frame = Frame()
    frame.open(installed.open_app(LENA))
    installed.clear_requests()
    assert uninstalled(installed) == 200
    installation = Installation.objects.get()
    assert installation.uninstalled_at
    assert not installation.delete_after
    assert not installation.application_token
    for credential in Credential.objects.all():
        assert (credential.secret, credential.refresh_secret) == ("", "")
        assert credential.disabled_reason
    answer = frame.follow("/")
    assert answer.status_code == 401
    assert "Open the app again" in text(answer)
    assert "taken off the portal" in text(answer)
    assert installed.requests == []


def test_an_uninstallation_that_did_not_happen_is_not_believed(installed: Sandbox) -> None:
    assert send(installed, "ONAPPUNINSTALL") == 403
    installed.authority.tokens.expire()
    assert send(installed, "ONAPPUNINSTALL") == 403
    assert Installation.objects.get().uninstalled_at is None
    assert not Credential.objects.exclude(disabled_reason="").exists()
    assert installed.requests == []


@pytest.mark.parametrize(
    "changed",
    [
        {"application_token": "0" * 32},
        {"application_token": ""},
        {"member_id": "0" * 32},
        {"member_id": ""},
        {"member_id": "a\0b"},
    ],
)
def test_made_up_news_of_an_uninstallation_is_refused_unasked(
    installed: Sandbox, changed: dict[str, str]
) -> None:
    installed.clear_requests()
    assert uninstalled(installed, auth=changed) == 403
    assert installed.oauth_requests == []
    assert Installation.objects.get().uninstalled_at is None


def test_an_uninstallation_is_told_once(installed: Sandbox) -> None:
    token = installed.installation.token
    gone = installed.installation
    assert uninstalled(installed) == 200
    form = installed.events.form(gone, "ONAPPUNINSTALL", {"CLEAN": "1"}, None)
    assert token in str(form)
    assert post(form) == 403
    assert Installation.objects.get().delete_after is None


def test_installing_again_goes_on_where_it_ended(installed: Sandbox) -> None:
    assert uninstalled(installed, clean=True) == 200
    assert Installation.objects.get().delete_after
    installed.apps.add(installed.app).finished = True
    assert Frame().open(installed.open_app(ADA)).status_code == 200
    installation = Installation.objects.get()
    assert (installation.uninstalled_at, installation.delete_after) == (None, None)
    assert installation.application_token == installed.installation.token


def test_a_week_after_a_clean_uninstallation_the_portals_data_goes(installed: Sandbox) -> None:
    ours = Portal.objects.get()
    theirs = Portal.objects.create(slug="other", base_url="https://other.example", member_id="o")
    Installation.objects.create(portal=theirs)
    for portal in (ours, theirs):
        Change.objects.create(portal=portal, actor="Lena", source="frame", action="move")
    assert uninstalled(installed, clean=True) == 200
    call_command("prune_portals")
    assert Portal.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        call_command("prune_portals")
    assert [one.slug for one in Portal.objects.all()] == ["other"]
    assert Change.objects.count() == 1
    assert Credential.objects.count() == 0


def test_webhooks_that_people_brought_outlive_the_app(installed: Sandbox) -> None:
    webhook = factories.credential(installed, "lead")
    Change.objects.create(portal=webhook.portal, actor="Lena", source="frame", action="move")
    assert uninstalled(installed, clean=True) == 200
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        call_command("prune_portals")
    assert not Change.objects.exists()
    kept = Credential.objects.get()
    assert (kept.user.username, kept.portal.base_url) == ("lead", installed.url)


def test_other_events_are_none_of_ours(installed: Sandbox) -> None:
    assert send(installed, "ONTASKADD") == 200
    assert Client(headers={"host": HOST}).get("/embed/events/").status_code == 405


@pytest.mark.parametrize("kind", EVENTS)
def test_what_the_sandbox_forges(installed: Sandbox, kind: str) -> None:
    portal = Portal.objects.get()
    assert post(installed.forger.event(kind)) == 403
    # Whether a member's token is an administrator's, only the portal knows.
    asked = [record.method for record in installed.requests]
    assert asked == (["profile"] if kind == "members_token" else [])
    installation = Installation.objects.get()
    assert installation.application_token == installed.installation.token
    assert installation.uninstalled_at is None
    assert Portal.objects.get() == portal
