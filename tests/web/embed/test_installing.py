from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from sandbox.applications import EventHandler, Placement
from sandbox.server import Sandbox
from stages.models import Installation
from tests.web.embed.frame import ADA, LENA, Frame, ancestors, text

PLACES = {
    "LEFT_MENU",
    "SONET_GROUP_DETAIL_TAB",
    "TASK_GROUP_LIST_TOOLBAR",
    "TASK_USER_LIST_TOOLBAR",
}
EVENTS = {"ONAPPINSTALL", "ONAPPUPDATE", "ONAPPUNINSTALL"}
HERE = "http://127.0.0.1:8000/embed/"


@pytest.fixture
def new(portal: Sandbox, settings: Settings) -> Sandbox:
    """A portal on which the app is not installed yet."""
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    portal.installation.finished = False
    return portal


def bound(portal: Sandbox) -> set[tuple[str, str]]:
    return {(one.code, one.handler) for one in portal.installation.placements}


def heard(portal: Sandbox) -> set[tuple[str, str]]:
    return {(one.event, one.handler) for one in portal.installation.handlers}


def test_an_administrator_installs_the_app(new: Sandbox) -> None:
    opening = new.open_app(ADA)
    assert opening.url.startswith(f"{HERE}install/")
    frame = Frame()
    answer = frame.open(opening)
    assert (answer.status_code, ancestors(answer)) == (200, new.url)
    assert "Board Admin is installed" in text(answer)
    assert "at-once" in text(answer)
    assert bound(new) == {(code, HERE) for code in PLACES}
    assert heard(new) == {(event, f"{HERE}events/") for event in EVENTS}
    assert Installation.objects.get().application_token == new.installation.token
    assert len(new.requests) == 3  # who it is, what is bound, the bindings


def test_installing_again_binds_nothing_twice(new: Sandbox) -> None:
    for _ in range(2):
        answer = Frame().open(new.open_app(ADA))
        assert "missing" not in text(answer)
    assert len(new.installation.placements) == len(PLACES)
    assert len(new.installation.handlers) == len(EVENTS)


def test_what_is_bound_already_stays(new: Sandbox) -> None:
    new.installation.placements.append(Placement(1, "LEFT_MENU", HERE, "Ours"))
    new.installation.handlers.append(EventHandler(2, "ONAPPINSTALL", f"{HERE}events/"))
    answer = Frame().open(new.open_app(ADA))
    assert "missing" not in text(answer)
    assert [one.title for one in new.installation.placements if one.code == "LEFT_MENU"] == ["Ours"]


def test_nobody_else_installs_it(new: Sandbox) -> None:
    answer = Frame().open(new.open_app(LENA))
    assert answer.status_code == 403
    assert "Only an administrator of the portal" in text(answer)
    assert ancestors(answer) == new.url
    assert new.installation.placements == []
    assert not Installation.objects.exists()


def test_what_cannot_be_bound_is_told_with_the_reason(new: Sandbox) -> None:
    new.app.scopes = frozenset({"task", "user_brief", "placement"})
    answer = Frame().open(new.open_app(ADA))
    page = text(answer)
    assert "installed in part" in page
    assert page.count(">missing<") == 1
    assert "The portal has no such place, or the app no permission for it." in page
    assert "at-once" not in page
    assert len(new.installation.placements) == len(PLACES) - 1


def test_without_the_scope_for_places_it_still_hears_of_its_removal(new: Sandbox) -> None:
    new.app.scopes = frozenset({"task", "user_brief"})
    page = text(Frame().open(new.open_app(ADA)))
    assert page.count(">missing<") == len(PLACES)
    assert "scope" in page
    assert len(new.installation.handlers) == len(EVENTS)


def test_an_address_that_the_portal_does_not_take_is_told(new: Sandbox) -> None:
    new.switches.set(handler_hosts=True)
    page = text(Frame().open(new.open_app(ADA)))
    assert page.count(">missing<") == len(PLACES) + len(EVENTS)
    assert "does not take the address of this installation" in page


def test_a_forged_installation_is_refused(new: Sandbox) -> None:
    answer = Frame().open(new.open_app(ADA), DOMAIN="evil.example")
    assert answer.status_code == 403
    assert new.requests == []
