"""The pages of sharing, and what somebody finds by a shared connection who is out for more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.models import Portal, Share
from stages.services import connections
from tests import factories, portal
from tests.web import addresses
from tests.web.test_board_pages import text


@pytest.fixture
def ada(sandbox: Sandbox, settings: Settings, db: None) -> Iterator[Client]:  # noqa: ARG001 (for the rows)
    """Ada, signed in to a deployed installation where she administers the portal."""
    settings.LOCAL = False
    settings.BITRIX24_WEBHOOK = None
    settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}
    credential = factories.credential(sandbox, "admin")
    Portal.objects.update(plan=Portal.Plan.SELF_HOSTED)
    yield signed_in(credential.user)
    connections.forget()


@pytest.fixture
def bob(db: None) -> Client:  # noqa: ARG001 (for the rows)
    return signed_in(User.objects.create_user("bob"))


def signed_in(user: User) -> Client:
    client = Client(headers={"host": "127.0.0.1:8000"})
    client.force_login(user)
    return client


def page_of_shares() -> str:
    return f"/portals/{Portal.objects.get().slug}/shares/"


def share(ada: Client, *groups: int, level: str = "edit", user_name: str = "bob") -> str:
    fields = {"user_name": user_name, "level": level, "groups": groups or (portal.RELAUNCH,)}
    return text(ada.post(page_of_shares(), fields, follow=True))


def test_a_connection_is_shared_changed_and_taken_back(ada: Client, bob: Client) -> None:
    assert bob.get("/rpa/").status_code == 404
    assert "You share it with nobody" in text(ada.get(page_of_shares()))
    shown = share(ada, level="look")
    assert "Shared with bob." in shown
    assert "may look" in shown
    assert "Read-only" in text(bob.get("/boards/group-10/"))
    one = f"{page_of_shares()}{Share.objects.get().pk}/"
    now = text(ada.get(one))
    assert "What bob may do" in now
    assert now.count(" checked") == 2
    ada.post(one, {"level": "edit", "groups": [portal.RELAUNCH, portal.ROADMAP]})
    assert "Read-only" not in text(bob.get("/boards/group-10/"))
    assert bob.get("/boards/group-11/").status_code == 200
    assert "Nothing is shared with bob" in text(ada.post(f"{one}end/", follow=True))
    assert bob.get("/boards/group-10/").status_code == 404


def test_every_page_says_as_whom_one_acts(ada: Client, bob: Client) -> None:
    share(ada)
    for path in ("/", "/boards/group-10/", "/history/", "/boards/group-10/stages/3/", "/rpa/"):
        shown = text(bob.get(path))
        assert "You act as <strong>Ada Admin</strong>, who shared this with you." in shown
        assert "My Planner" not in shown
        assert "who shared this with you" not in text(ada.get(path))
    board = text(bob.get("/boards/group-10/"))
    for dialog in ("position-dialog", "color-popover"):
        inside = board.partition(f"<{dialog}")[2].partition(f"</{dialog}>")[0]
        assert "You act as <strong>Ada Admin</strong>." in inside
    dialog = "/boards/group-10/stages/3/delete/"
    as_part = {"HX-Request": "true"}
    assert "You act as <strong>Ada Admin</strong>." in text(bob.get(dialog, headers=as_part))
    assert "You act as" not in text(ada.get(dialog, headers=as_part))


def test_the_history_says_who_and_as_whom(ada: Client, bob: Client) -> None:
    share(ada)
    bob.post("/boards/group-10/stages/3/rename/", {"title": "Checks"})
    for reader in (ada, bob):
        assert "bob, as Ada Admin" in text(reader.get("/history/?board=group-10"))


def test_a_token_made_with_a_shared_connection_never_acts_as_administrator(
    ada: Client, bob: Client
) -> None:
    share(ada)
    fields = {"name": "nightly", "portal": Portal.objects.get().slug, "days": "30"}
    refused = bob.post("/portals/tokens/", {**fields, "may_act_as_admin": "1"})
    assert refused.status_code == 403
    assert "never as administrator" in text(refused)
    assert "ba_" in text(bob.post("/portals/tokens/", fields))


def test_only_the_shared_boards_are_listed_and_found(ada: Client, bob: Client) -> None:
    share(ada)
    assert 'href="/boards/group-10/"' in text(bob.get("/"))
    assert text(bob.get("/")).count('href="/boards/') == 1
    assert "No board has that" in text(bob.get("/?search=roadmap"))


@pytest.mark.parametrize("level", ["look", "edit"])
@pytest.mark.parametrize("ref", ["my-planner", "group-11", "group-999"])
def test_nothing_of_what_is_not_shared_is_reached_at_any_address(
    ada: Client, bob: Client, sandbox: Sandbox, ref: str, level: str
) -> None:
    share(ada, level=level)
    before = len(sandbox.requests)
    fields = {
        "as_admin": "1",
        "title": "Mine",
        "color": "#FF0000",
        "after_id": "0",
        "move_tasks_to": "4",
        "tasks": "1",
        "from": "4",
    }
    walked = [one for one in addresses.every() if "ref" in one.parts]
    assert len(walked) >= 7
    for one in walked:
        path = one.path({"ref": ref, "stage_id": 3})
        if path.startswith("/api/"):
            continue  # a program's token, not the browser's session
        for answer in (
            bob.get(path, follow=True),
            bob.get(f"{path}?as_admin=1", follow=True),
            bob.post(path, fields),
            bob.post(path, fields, headers={"HX-Request": "true"}),
        ):
            # A page that is never posted to says that first, whoever asks.
            assert answer.status_code == 404 or answer.headers["Allow"] == "GET, HEAD", path
    assert sandbox.requests[before:] == []
    assert portal.writes(sandbox) == []


def test_a_shared_board_is_never_edited_as_administrator(
    ada: Client, bob: Client, sandbox: Sandbox
) -> None:
    share(ada, portal.ROADMAP)
    fields = {"as_admin": "1", "title": "Mine"}
    stage = portal.ids(sandbox, "group-11")[0]
    answer = bob.post(f"/boards/group-11/stages/{stage}/rename/", fields)
    assert answer.status_code == 403
    assert "never as administrator" in text(answer)
    assert bob.get("/boards/group-11/?as_admin=1").status_code == 403
    assert "Act as administrator" not in text(bob.get("/boards/group-11/"))
    assert all("isAdmin" not in str(record) for record in sandbox.requests)


@pytest.mark.usefixtures("bob")
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"user_name": "nobody"}, "There is no user called “nobody”."),
        ({"user_name": "admin"}, "with yourself"),
        ({"user_name": "bob", "groups": []}, "This field is required"),
        ({"user_name": "bob", "groups": [0]}, "not one of the available choices"),
        ({"user_name": "bob", "level": "isAdmin"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_shared_is_said_on_the_form(
    ada: Client, fields: dict[str, object], said: str
) -> None:
    answer = ada.post(page_of_shares(), {"level": "look", "groups": [portal.RELAUNCH], **fields})
    assert answer.status_code == 400
    assert said in text(answer)
    assert not Share.objects.exists()


def test_shares_are_for_their_owner_alone(ada: Client, bob: Client, sandbox: Sandbox) -> None:
    share(ada)
    one = f"{page_of_shares()}{Share.objects.get().pk}/"
    lena = signed_in(factories.credential(sandbox, "lead").user)
    for stranger in (bob, lena):
        assert stranger.get(one).status_code == 404
        assert stranger.post(f"{one}end/").status_code == 404
        answer = stranger.post(one, {"level": "edit", "groups": [portal.ROADMAP]})
        assert answer.status_code == 404
    assert bob.get(page_of_shares()).status_code == 404
    assert Share.objects.get().group_ids == [portal.RELAUNCH]


def test_who_does_not_administer_is_told_why_they_cannot_share(
    ada: Client,  # noqa: ARG001 (deploys)
    sandbox: Sandbox,
) -> None:
    lena = signed_in(factories.credential(sandbox, "lead").user)
    shown = text(lena.get(page_of_shares()))
    assert "Only an administrator" in shown
    assert "Share with somebody" not in shown
