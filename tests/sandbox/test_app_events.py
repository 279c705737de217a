"""What an application is told of its own life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.server import Sandbox
from tests.sandbox.listener import listening
from tests.sandbox.oauth import ADA, app_info, call, pair

CLOSED = "http://127.0.0.1:9/events/"
EVENTS = ("ONAPPINSTALL", "ONAPPUPDATE", "ONAPPUNINSTALL")


@pytest.fixture
def heard(portal: Sandbox) -> Iterator[list[dict[str, Any]]]:
    """What an application hears that has bound all three events."""
    portal.events.delay = 0.01
    with listening() as listener:
        for event in EVENTS:
            token = pair(portal, ADA).access
            call(portal, token, "event.bind", event=event, handler=listener.url)
        yield listener.heard


def test_the_end_of_the_installation_is_told_with_tokens(
    portal: Sandbox, heard: list[dict[str, Any]]
) -> None:
    portal.apps.finish(portal.installation, ADA)
    assert [delivery.status for delivery in portal.events.wait()] == [200]
    (form,) = heard
    assert form["event"] == "ONAPPINSTALL"
    assert form["data"] == {"VERSION": "1", "ACTIVE": "Y", "INSTALLED": "Y", "LANGUAGE_ID": "en"}
    auth = form["auth"]
    assert (auth["domain"], auth["member_id"]) == (portal.domain, portal.member_id)
    assert auth["client_endpoint"] == f"{portal.url}/rest/"
    assert auth["application_token"] == portal.installation.token
    assert app_info(portal, auth["access_token"]).result["user_id"] == ADA
    assert auth["refresh_token"]


def test_it_is_told_once_and_nothing_before(portal: Sandbox, heard: list[dict[str, Any]]) -> None:
    portal.apps.finish(portal.installation, ADA)
    portal.apps.finish(portal.installation, ADA)
    portal.events.wait()
    assert len(heard) == 1


def test_an_update_tells_both_versions(portal: Sandbox, heard: list[dict[str, Any]]) -> None:
    portal.apps.update(portal.installation, ADA)
    portal.events.wait()
    assert heard[0]["event"] == "ONAPPUPDATE"
    assert heard[0]["data"] == {"VERSION": "2", "PREVIOUS_VERSION": "1", "LANGUAGE_ID": "en"}


@pytest.mark.parametrize("clean", [True, False])
def test_leaving_is_told_without_tokens(
    portal: Sandbox, heard: list[dict[str, Any]], clean: bool
) -> None:
    portal.installation.finished = True
    token = portal.installation.token
    portal.apps.uninstall(portal.installation, clean=clean)
    portal.events.wait()
    (form,) = heard
    assert form["data"] == {"LANGUAGE_ID": "en", "CLEAN": "1" if clean else "0"}
    assert form["auth"]["application_token"] == token
    assert not {"access_token", "refresh_token", "user_id"} & set(form["auth"])


def test_an_unfinished_installation_leaves_in_silence(
    portal: Sandbox, heard: list[dict[str, Any]]
) -> None:
    portal.apps.uninstall(portal.installation, clean=True)
    assert (portal.events.wait(), heard) == ([], [])
    with pytest.raises(LookupError):
        portal.open_app(ADA)


def test_a_new_installation_has_a_new_application_token(portal: Sandbox) -> None:
    first = portal.installation
    portal.apps.uninstall(first, clean=False)
    second = portal.apps.add(portal.app)
    assert second.token != first.token
    assert not second.finished


def test_nothing_is_sent_to_other_machines_nor_twice(portal: Sandbox) -> None:
    portal.events.delay = 0.01
    for handler in ("http://portal.example/events/", CLOSED):
        call(
            portal,
            pair(portal, ADA).access,
            "event.bind",
            event="ONAPPINSTALL",
            handler=handler,
        )
    portal.apps.finish(portal.installation, ADA)
    assert [delivery.status for delivery in portal.events.wait()] == [0, 0]


def test_a_reset_forgets_what_is_on_its_way(portal: Sandbox, heard: list[dict[str, Any]]) -> None:
    portal.events.delay = 0.2
    portal.apps.finish(portal.installation, ADA)
    portal.reset()
    portal.events.delay = 0.3
    call(portal, pair(portal, ADA).access, "event.bind", event="ONAPPINSTALL", handler=CLOSED)
    portal.apps.finish(portal.installation, ADA)
    assert [delivery.handler for delivery in portal.events.wait()] == [CLOSED]
    assert heard == []
