"""The session of a frame: carried by the page, beside it a cookie, renewed while a page is open."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.embed import session
from stages.models import Credential
from tests.portal import RELAUNCH, stage_id, titles
from tests.web.embed.frame import HOST, LENA, Frame, ancestors, text

KEY = f"group-{RELAUNCH}"
BOARD = f"/boards/{KEY}/"


@pytest.fixture
def move(portal: Sandbox) -> str:
    """The address that moves Review, which is third."""
    return f"{BOARD}stages/{stage_id(portal, KEY, 'Review')}/move/"


def test_plain_links_are_followed_with_the_cookie(lena: Frame) -> None:
    answer = lena.follow(BOARD)
    assert (answer.status_code, ancestors(answer)) == (200, "http://" + lena.portal)
    assert "Read-only." not in text(answer)


def test_the_cookie_is_the_frames_own(lena: Frame) -> None:
    cookie = lena.answer.cookies[session.COOKIE].OutputString()
    assert {"HttpOnly", "Secure", "SameSite=None", "Partitioned"} <= set(cookie.split("; "))


def test_every_other_cookie_is_the_frames_own_too(lena: Frame, portal: Sandbox) -> None:
    address = f"{BOARD}stages/{stage_id(portal, KEY, 'Review')}/"
    lena.submit(address, {"title": "Look", "color": "#FF0000", "after_id": 0})
    left = [one for one in lena.seen if one.key != session.COOKIE]
    assert left, "a message travels in a cookie"
    assert all("Partitioned" in one.OutputString() for one in left)


def test_scripts_edit_without_any_cookie(portal: Sandbox, move: str) -> None:
    frame = Frame(cookies=False)
    frame.open(portal.open_app(LENA, "SONET_GROUP_DETAIL_TAB", options={"GROUP_ID": "10"}))
    assert frame.send(move, {"after_id": 0}).status_code == 200
    assert titles(portal, KEY)[0] == "Review"


def test_plain_forms_edit_without_any_cookie(portal: Sandbox, move: str) -> None:
    frame = Frame(cookies=False)
    frame.open(portal.open_app(LENA, "SONET_GROUP_DETAIL_TAB", options={"GROUP_ID": "10"}))
    frame.submit(move, {"after_id": 0})
    assert titles(portal, KEY)[0] == "Review"


def test_a_form_with_the_cookie_alone_is_refused(lena: Frame, portal: Sandbox, move: str) -> None:
    answer = lena.post_with_cookie(move, {"after_id": 0})
    assert (answer.status_code, ancestors(answer)) == (403, portal.url)
    assert "came from another site" in text(answer)
    assert titles(portal, KEY)[0] != "Review"


def test_another_sites_form_gets_nowhere(lena: Frame, portal: Sandbox, move: str) -> None:
    answer = lena.post_with_cookie(move, {"after_id": 0}, origin="https://evil.example")
    assert answer.status_code == 403
    assert titles(portal, KEY)[0] != "Review"


def test_a_page_of_its_own_does_not_take_the_frames_cookie(lena: Frame) -> None:
    answer = lena.visit(BOARD)
    assert answer.status_code == 302  # to the sign-in
    assert ancestors(answer) == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_no_page_carries_a_portals_token_or_a_session_in_an_address(lena: Frame) -> None:
    page = text(lena.follow(BOARD))
    credential = Credential.objects.get()
    assert credential.secret not in page
    assert credential.refresh_secret not in page
    assert page.count(lena.session) == page.count(f'"{lena.session}"')
    assert f"={lena.session}" not in page


@pytest.mark.parametrize("path", [BOARD, "/nowhere/", "/boards/group-999/", "/history/9/restore/"])
def test_every_answer_in_the_frame_names_its_portal(
    lena: Frame, portal: Sandbox, path: str
) -> None:
    answer = lena.follow(path)
    assert ancestors(answer) == portal.url
    assert "X-Frame-Options" not in answer.headers
    assert '<header class="top">' not in text(answer)


@pytest.mark.parametrize(
    "path", ["/portals/", "/portals/tokens/", "/accounts/login/", "/accounts/password/"]
)
def test_pages_of_the_installation_are_not_there_in_a_frame(
    lena: Frame, portal: Sandbox, path: str
) -> None:
    for ask in (lena.follow, lambda path: lena.send(path, {})):
        lena.follow(BOARD)
        answer = ask(path)
        assert (answer.status_code, ancestors(answer)) == (404, portal.url)
        assert "There is no such page inside a portal." in text(answer)


@pytest.mark.parametrize("path", ["/api/docs/", "/api/v1/boards/", "/api/nowhere/"])
def test_nor_is_the_api(lena: Frame, path: str) -> None:
    answer = lena.follow(path)
    assert (answer.status_code, json.loads(text(answer))["code"]) == (404, "NOT_FOUND")


@pytest.mark.usefixtures("portal")
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/nowhere/", "/embed/", "/healthz"])
def test_everything_else_is_framed_by_nobody(path: str) -> None:
    answer = Client(headers={"host": HOST}).get(path)
    assert ancestors(answer) == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.usefixtures("portal")
def test_nor_is_a_file_of_the_pages(settings: Settings) -> None:
    settings.WHITENOISE_USE_FINDERS = True  # as nobody has collected them here
    answer = Client(headers={"host": HOST}).get("/static/icon.svg")
    answer.close()
    assert (answer.status_code, ancestors(answer)) == (200, "'none'")


def test_a_session_is_renewed_while_it_lasts(lena: Frame) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=50)):
        answer = lena.send("/embed/session/", {})
        assert answer.status_code == 204
        renewed = answer.headers[session.RENEWED]
    with time_machine.travel(timezone.now() + timedelta(minutes=100)):
        assert lena.send("/embed/session/", {}).status_code == 401
        assert lena.send("/embed/session/", {}, session=renewed).status_code == 204


def test_after_an_hour_the_page_says_to_open_the_app_again(
    lena: Frame, portal: Sandbox, move: str
) -> None:
    carried = lena.session
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        answer = lena.follow(BOARD)
        assert (answer.status_code, ancestors(answer)) == (401, portal.url)
        assert "Open the app again" in text(answer)
        answer = lena.send(move, {"after_id": 0}, session=carried)
        assert (answer.status_code, answer.headers["HX-Reswap"]) == (401, "none")
        assert "Open the app again" in text(answer)
    assert titles(portal, KEY)[0] != "Review"


def test_no_session_is_renewed_for_ever(lena: Frame) -> None:
    carried = lena.session
    for minutes in range(50, 12 * 60, 50):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            answer = lena.send("/embed/session/", {}, session=carried)
            carried = answer.headers[session.RENEWED]
    with time_machine.travel(timezone.now() + timedelta(minutes=12 * 60 + 1)):
        assert lena.send("/embed/session/", {}, session=carried).status_code == 401


@pytest.mark.parametrize("change", ["signature", "time", "content", "nonsense"])
def test_a_session_that_was_tampered_with_is_none(lena: Frame, move: str, change: str) -> None:
    content, time, signature = lena.session.split(":")
    forged = {
        "signature": f"{content}:{time}:{signature[:-1]}",
        "time": f"{content}:zzzzzz:{signature}",
        "content": f"x{content}:{time}:{signature}",
        "nonsense": ":",
    }[change]
    answer = lena.send(move, {"after_id": 0}, session=forged, cookies=False)
    assert answer.status_code in (401, 403)
    assert ancestors(answer) == "'none'"


def test_a_person_who_is_switched_off_is_out_at_once(lena: Frame) -> None:
    User.objects.update(is_active=False)
    assert lena.follow(BOARD).status_code == 401


def test_expired_tokens_of_the_portal_are_renewed_unseen(lena: Frame, portal: Sandbox) -> None:
    portal.authority.tokens.expire()
    assert lena.follow(BOARD).status_code == 200
    assert lena.follow("/").status_code == 200
    assert portal.authority.refreshes == 1


def test_a_sign_in_that_the_portal_ends_is_told_in_the_frame(lena: Frame, portal: Sandbox) -> None:
    portal.portal.users[LENA].active = False
    answer = lena.follow(BOARD)
    assert ancestors(answer) == portal.url
    assert answer.status_code in (401, 502)
    assert "no longer" in text(answer) or "does not let" in text(answer)
