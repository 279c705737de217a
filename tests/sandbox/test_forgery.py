"""Forged openings and events: each is wrong in one thing, and as good as true in all others."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox.forgery import EVENTS, NEIGHBOUR, OPENINGS
from sandbox.opening import Opening
from sandbox.server import Sandbox
from tests.sandbox.listener import listening
from tests.sandbox.oauth import ADA, LENA, MAX, app_info
from tests.sandbox.pages import look
from tests.sandbox.wire import send

DOMAINS = {
    "foreign_domain": "evil.example",
    "domain_with_credentials": "{}@evil.example",
    "domain_with_path": "evil.example/{}",
    "domain_with_port": "localhost:1",
    "domain_in_ipv6": "[::1]:8001",
}


def domain(form: Opening) -> str:
    return parse_qs(urlsplit(form.url).query)["DOMAIN"][0]


@pytest.fixture
def installed(portal: Sandbox) -> Sandbox:
    portal.apps.finish(portal.installation, ADA)
    portal.events.delay = 0.01
    return portal


@pytest.mark.parametrize("kind", OPENINGS)
def test_a_forged_opening_differs_from_an_honest_one(installed: Sandbox, kind: str) -> None:
    honest, forged = installed.open_app(LENA), installed.forge_opening(kind, LENA)
    fresh = {"AUTH_ID", "REFRESH_ID"}
    changed = {name for name in honest.fields if forged.fields[name] != honest.fields[name]} - fresh
    if forged.fields.get("PLACEMENT_OPTIONS"):
        changed.add("PLACEMENT_OPTIONS")
    assert domain(forged) == DOMAINS.get(kind, "{}").format(installed.domain)
    assert len(changed) == (kind.startswith(("wrong", "huge")) or "endpoint" in kind)
    answer = app_info(installed, forged.fields["AUTH_ID"])
    good = answer.status == 200 and answer.result["user_id"] == LENA
    assert good == ("token" not in kind or kind == "wrong_application_token")


def test_tokens_of_others_are_good_at_the_authorization_server(installed: Sandbox) -> None:
    other = installed.forge_opening("another_portals_token")
    told = app_info(installed, other.fields["AUTH_ID"]).result
    assert told["client_id"] == installed.app.client_id
    assert told["install"]["member_id"] == NEIGHBOUR.member_id != other.fields["member_id"]
    assert told["install"]["client_endpoint"] == f"https://{NEIGHBOUR.domain}/rest/"
    other = installed.forge_opening("another_apps_token")
    told = app_info(installed, other.fields["AUTH_ID"]).result
    assert told["client_id"] != installed.app.client_id
    assert told["install"]["member_id"] == installed.member_id


@pytest.mark.parametrize("kind", EVENTS)
def test_a_forged_event_is_sent_over_http(installed: Sandbox, kind: str) -> None:
    with listening() as listener:
        installed.forge_event(kind, listener.url)
        assert [delivery.status for delivery in installed.events.wait()] == [200]
    (form,) = listener.heard
    auth: dict[str, Any] = form["auth"]
    assert form["event"] == ("ONAPPUNINSTALL" if "uninstalled" in kind else "ONAPPINSTALL")
    assert ("access_token" in auth) == (form["event"] == "ONAPPINSTALL")
    if kind == "members_token":
        assert app_info(installed, auth["access_token"]).result["user_id"] == MAX
    if kind == "uninstalled_while_installed":
        assert auth["application_token"] == installed.installation.token
        assert form["data"]["CLEAN"] == "1"


def test_nothing_can_be_forged_of_what_is_not_there(portal: Sandbox) -> None:
    portal.apps.uninstall(portal.installation, clean=False)
    with pytest.raises(LookupError):
        portal.forge_opening("made_up_token")
    with pytest.raises(LookupError):
        portal.forge_opening("nonsense")


def test_developers_open_forgeries_in_the_frame(installed: Sandbox) -> None:
    assert "another portals token" in look(installed, "/devops/").body
    pages = [look(installed, f"/devops/forged/{number}/") for number in range(len(OPENINGS))]
    assert [page.status for page in pages] == [200] * len(OPENINGS)
    assert "DOMAIN=evil.example" in pages[list(OPENINGS).index("foreign_domain")].body
    assert look(installed, "/devops/forged/999/").status == 404


def test_the_control_address_forges_events(installed: Sandbox) -> None:
    url = f"{installed.url}/sandbox/events"
    assert send(f"{url}/forged", verb="POST", body=b'{"kind": "nonsense"}').status == 400
    with listening() as listener:
        installed.app.handler_url = listener.url.removesuffix("events/")
        send(f"{url}/forged", verb="POST", body=b'{"kind": "members_token"}')
        (delivery,) = send(url).body
    assert (delivery["event"], delivery["status"]) == ("ONAPPINSTALL", 200)
