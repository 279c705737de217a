"""Openings that are not what they say: refused in the same words, and sent nowhere."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from sandbox.forgery import OPENINGS
from sandbox.opening import Opening
from sandbox.server import Sandbox
from stages.domain.claim import Claim
from stages.models import Credential, Installation, Portal
from stages.services.embedding import uninstalling
from tests.bitrix24.server import Server, result
from tests.web.embed.frame import ADA, LENA, Frame, ancestors, text
from tests.web.embed.refusing import REFUSED, refused


@pytest.mark.parametrize(
    "domain",
    [
        "evil.example",
        "user:password@{portal}",
        "{portal}@evil.example",
        "{portal}/path",
        "{portal}:80",
        "{host}",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "http://{portal}",
        "{portal}.",
        "",
        None,
    ],
)
def test_a_foreign_domain(portal: Sandbox, domain: str | None) -> None:
    told = domain and domain.format(portal=portal.domain, host="localhost")
    asked = ("app.info",) if told else ()
    refused(portal, portal.open_app(LENA), asked=asked, DOMAIN=told)


def test_29_a_made_up_token(portal: Sandbox) -> None:
    refused(portal, portal.open_app(LENA), asked=("app.info",), AUTH_ID="f" * 70)


def test_no_token(portal: Sandbox) -> None:
    refused(portal, portal.open_app(LENA), AUTH_ID=None)
    portal.installation.without_access.add(LENA)
    opening = portal.open_app(LENA)
    assert opening.fields["AUTH_ID"] == ""
    frame = Frame()
    assert frame.open(opening).status_code == 403


def test_29_another_apps_token(portal: Sandbox) -> None:
    other = portal.apps.add(replace(portal.app, client_id="local.11111111111111.11111111"))
    refused(portal, portal.apps.open(other, LENA, handler="/embed/"), asked=("app.info",))


@pytest.mark.parametrize(
    "told", [{"user_id": ADA}, {"install": {"client_endpoint": "http://{elsewhere}/rest/"}}]
)
def test_an_authorization_server_that_contradicts_the_portal(
    portal: Sandbox, settings: Settings, told: dict[str, Any]
) -> None:
    """Let it name another person, or an address of another host, where somebody listens."""
    opening = portal.open_app(LENA)
    known = portal.authority.app_info(opening.fields["AUTH_ID"])
    with Server(result({})) as elsewhere:
        address = f"127.0.0.1:{elsewhere.server_port}"
        said = json.loads(json.dumps(_merged(known, told)).replace("{elsewhere}", address))
        with Server(result(said)) as authority:
            settings.BITRIX24_OAUTH_URL = f"http://localhost:{authority.server_port}"
            answer = Frame().open(opening, SERVER_ENDPOINT=None)
            assert len(authority.requests) == 1
        assert elsewhere.connections == 0
    assert answer.status_code == 403
    assert REFUSED in text(answer)
    assert Credential.objects.count() == 0


def _merged(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    merged = {one: {**known[one], **new} for one, new in told.items() if isinstance(new, dict)}
    return {**known, **told, **merged}


def test_29_another_portals_token(portal: Sandbox) -> None:
    with Sandbox(authority=portal.authority) as neighbour:
        token = neighbour.open_app(LENA).fields["AUTH_ID"]
        refused(portal, portal.open_app(LENA), asked=("app.info",), AUTH_ID=token)
        assert neighbour.requests == []


@pytest.mark.parametrize("member_id", ["", "0" * 32, "x" * 65, None])
def test_a_wrong_member_id(portal: Sandbox, member_id: str | None) -> None:
    asked = ("app.info",) if member_id and len(member_id) < 65 else ()
    refused(portal, portal.open_app(LENA), asked=asked, member_id=member_id)


@pytest.mark.parametrize(
    "server",
    [
        "https://evil.example/rest/",
        "https://oauth.bitrix.info.evil.example/rest/",
        "https://oauth.bitrix.info@evil.example/rest/",
        "http://oauth.bitrix.info/rest/",
        "https://oauth.bitrix.info:8443/rest/",
        "//oauth.bitrix.info/",
    ],
)
def test_a_foreign_authorization_server(portal: Sandbox, server: str) -> None:
    refused(portal, portal.open_app(LENA), SERVER_ENDPOINT=server)


def test_a_portal_that_may_not_use_the_app(portal: Sandbox, settings: Settings) -> None:
    settings.BITRIX24_APP_PORTAL = "https://ours.bitrix24.com"
    refused(portal, portal.open_app(LENA))
    settings.BITRIX24_APP_PORTAL = portal.url
    assert Frame().open(portal.open_app(LENA)).status_code == 200


def test_another_application_token(portal: Sandbox) -> None:
    assert Frame().open(portal.open_app(ADA)).status_code == 200
    portal.authority.tokens.expire()
    stored = Credential.objects.get().secret
    refused(
        portal,
        portal.open_app(ADA),
        asked=("app.info",),
        APPLICATION_TOKEN="0" * 32,
        AUTH_ID="f" * 70,
    )
    portal.clear_requests()
    answer = Frame().open(portal.open_app(LENA), APPLICATION_TOKEN="0" * 32)
    assert (answer.status_code, Credential.objects.count()) == (403, 1)
    assert [record.method for record in portal.oauth_requests] == ["app.info"]
    assert {record.person for record in portal.requests} == {LENA}
    assert Credential.objects.get().secret == stored
    assert Frame().open(portal.open_app(ADA), APPLICATION_TOKEN="1" * 32).status_code == 403


def test_an_administrator_brings_the_token_of_a_new_installation(portal: Sandbox) -> None:
    assert Frame().open(portal.open_app(ADA)).status_code == 200
    portal.installation.finished = False  # the install page
    assert Frame().open(portal.open_app(ADA), APPLICATION_TOKEN="1" * 32).status_code == 200
    assert Installation.objects.get().application_token == "1" * 32


def test_a_new_installation_is_found_out_without_word_of_the_old_ones_end(
    portal: Sandbox,
) -> None:
    assert Frame().open(portal.open_app(ADA)).status_code == 200
    portal.authority.uninstall(portal.installation)
    portal.apps.add(portal.app).finished = True
    assert Frame().open(portal.open_app(LENA)).status_code == 403
    assert Frame().open(portal.open_app(ADA)).status_code == 200
    assert Frame().open(portal.open_app(LENA)).status_code == 200
    assert Installation.objects.get().application_token == portal.installation.token


@pytest.mark.parametrize("kind", OPENINGS)
def test_what_the_sandbox_forges(portal: Sandbox, kind: str) -> None:
    assert Frame().open(portal.open_app(ADA)).status_code == 200
    portal.clear_requests()
    frame = Frame()
    answer = frame.open(portal.forge_opening(kind))
    assert answer.status_code == 403
    assert REFUSED in text(answer)
    assert ancestors(answer) == portal.url
    # Whether who brings another application token is an administrator, only the portal knows.
    asked = [record.method for record in portal.requests]
    assert asked == (["profile"] if kind == "wrong_application_token" else [])


def test_an_opening_again_after_the_app_was_taken_away(portal: Sandbox) -> None:
    opening = portal.open_app(LENA)
    assert Frame().open(opening).status_code == 200
    portal.apps.uninstall(portal.installation, clean=False)
    refused(portal, opening, asked=("app.info",))


def test_an_opening_again_after_the_word_of_that(portal: Sandbox) -> None:
    opening = portal.open_app(ADA)
    assert Frame().open(opening).status_code == 200
    portal.authority.uninstall(portal.installation)
    portal_row = Portal.objects.get()
    uninstalling.uninstall(claim=_word_of_removal(opening), clean=False)
    refused(portal, opening, asked=("app.info",))
    assert Installation.objects.get(portal=portal_row).uninstalled_at


def _word_of_removal(opening: Opening) -> Claim:
    return Claim(
        domain=opening.domain,
        member_id=opening.fields["member_id"],
        access_token="",
        application_token=opening.fields["APPLICATION_TOKEN"],
    )


@pytest.mark.parametrize("field", ["DOMAIN", "SERVER_ENDPOINT"])
def test_nothing_is_sent_to_an_address_in_the_form(portal: Sandbox, field: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as evil:
        host = f"127.0.0.1:{evil.getsockname()[1]}"
        told = host if field == "DOMAIN" else f"http://{host}/rest/"
        asked = ("app.info",) if field == "DOMAIN" else ()
        refused(portal, portal.open_app(LENA), asked=asked, changed={field: told})
        evil.settimeout(0)
        with pytest.raises(BlockingIOError):
            evil.accept()  # nobody has connected


def test_an_expired_token(portal: Sandbox) -> None:
    opening = portal.open_app(LENA)
    portal.authority.tokens.expire()
    refused(portal, opening, asked=("app.info",))


def test_who_was_dismissed_meanwhile(portal: Sandbox) -> None:
    opening = portal.open_app(LENA)
    portal.portal.users[LENA].active = False
    assert Frame().open(opening).status_code == 403
    assert Credential.objects.count() == 0


def test_a_refusal_can_be_read_in_the_frame_of_who_asked(portal: Sandbox) -> None:
    answer = Frame().open(portal.open_app(LENA), AUTH_ID="f" * 70)
    assert ancestors(answer) == portal.url
    assert "X-Frame-Options" not in answer.headers


@pytest.mark.parametrize("origin", ["null", "https://a.example;x", "https://a.example/", "*", ""])
def test_a_malformed_origin_is_repeated_nowhere(portal: Sandbox, origin: str) -> None:
    opening = replace(portal.open_app(LENA), domain="ignored")
    frame = Frame()
    answer = frame._call("post", opening.url, {**opening.fields, "AUTH_ID": ""}, {"Origin": origin})
    assert answer.status_code == 403
    assert ancestors(answer) == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_without_word_of_the_authorization_server_nothing_is_believed(portal: Sandbox) -> None:
    portal.oauth_faults.arm("html", times=9)
    answer = Frame().open(portal.open_app(LENA))
    assert answer.status_code == 502
    assert "authorization server" in text(answer)
    assert "Open the app again" in text(answer)
    assert portal.requests == []
    assert "AUTH_ID" not in text(answer)
