from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from sandbox.server import Sandbox
from stages.models import Change, Credential, Installation, Portal
from tests.portal import RELAUNCH, stage_id, titles
from tests.web.embed.frame import ADA, LENA, MAX, Frame, ancestors, text
from tests.web.test_pause_pages import fill_bucket

TAB = "SONET_GROUP_DETAIL_TAB"


def test_the_app_opens_with_the_boards_of_whoever_opens_it(portal: Sandbox) -> None:
    frame = Frame()
    answer = frame.open(portal.open_app(LENA, "LEFT_MENU", options={"URI": "/"}))
    assert answer.status_code == 200
    assert "Website relaunch" in text(answer)
    assert ancestors(answer) == portal.url
    assert "X-Frame-Options" not in answer.headers
    assert '<header class="top">' not in text(answer)


def test_a_groups_tab_opens_its_board(portal: Sandbox) -> None:
    frame = Frame()
    answer = frame.open(portal.open_app(LENA, TAB, options={"GROUP_ID": str(RELAUNCH)}))
    assert answer.status_code == 200
    assert "<h1>Website relaunch</h1>" in text(answer)
    slug = Portal.objects.get().slug
    assert f'data-address="/p/{slug}/boards/group-{RELAUNCH}/"' in text(answer)


def test_the_first_opening_takes_down_portal_person_and_installation(portal: Sandbox) -> None:
    Frame().open(portal.open_app(LENA))
    known = Portal.objects.get()
    assert (known.base_url, known.member_id) == (portal.url, portal.member_id)
    credential = Credential.objects.get()
    assert (credential.kind, credential.person_id) == ("oauth", LENA)
    assert not credential.is_portal_admin
    user = User.objects.get()
    assert (user.get_full_name(), user.has_usable_password()) == ("Lena Lead", False)
    # Everybody's browser sees the application token, so Lena's opening does not vouch for it.
    assert Installation.objects.get().application_token == ""
    Frame().open(portal.open_app(ADA))
    assert Installation.objects.get().application_token == portal.installation.token
    assert User.objects.count() == 2


def test_the_opener_acts_with_their_own_rights_and_tokens(portal: Sandbox) -> None:
    Frame().open(portal.open_app(ADA))
    portal.clear_requests()
    frame = Frame()
    frame.open(portal.open_app(MAX, TAB, options={"GROUP_ID": str(RELAUNCH)}))
    assert "Read-only." in text(frame.answer)
    assert {record.person for record in portal.requests} == {MAX}


def test_an_opening_keeps_to_the_limit_of_a_known_portal(portal: Sandbox) -> None:
    Frame().open(portal.open_app(LENA))
    portal.clear_requests()
    fill_bucket(40)
    answer = Frame().open(portal.open_app(ADA))
    assert answer.status_code == 503
    assert "slow down" in text(answer)
    assert portal.requests == []


@pytest.mark.parametrize(
    "left_out",
    ["APPLICATION_TOKEN,APPLICATION_SCOPE", "PLACEMENT_OPTIONS", "SERVER_ENDPOINT,status", "none"],
)
def test_28_fields_may_be_absent(portal: Sandbox, left_out: str) -> None:
    portal.switches.set(omit=left_out)
    answer = Frame().open(portal.open_app(ADA, "LEFT_MENU", options={"URI": "/"}))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "options", [None, "", "{", "[]", "null", "[" * 20_000, '{"GROUP_ID": {}}', '{"GROUP_ID": true}']
)
def test_options_that_cannot_be_read_open_the_list(portal: Sandbox, options: str | None) -> None:
    answer = Frame().open(portal.open_app(LENA, TAB), PLACEMENT_OPTIONS=options)
    assert answer.status_code == 200
    assert "<h1>Boards</h1>" in text(answer)


def test_another_persons_tasks_open_the_list_and_say_why(portal: Sandbox) -> None:
    code = "TASK_USER_LIST_TOOLBAR"
    answer = Frame().open(portal.open_app(LENA, code, options={"USER_ID": str(LENA)}))
    assert "<h1>My Planner</h1>" in text(answer)
    answer = Frame().open(portal.open_app(LENA, code, options={"USER_ID": str(MAX)}))
    assert "<h1>Boards</h1>" in text(answer)
    assert "You can edit only your own planner" in text(answer)


def test_a_group_that_is_hidden_is_refused_in_the_frame(portal: Sandbox) -> None:
    answer = Frame().open(portal.open_app(LENA, TAB, options={"GROUP_ID": "999"}))
    assert answer.status_code == 404
    assert "There is no such board" in text(answer)
    assert ancestors(answer) == portal.url


def test_what_a_refused_opening_offers_can_be_followed(portal: Sandbox) -> None:
    frame = Frame(heeds_paths=True)
    answer = frame.open(portal.open_app(LENA, TAB, options={"GROUP_ID": "999"}))
    links = re.findall(r'href="(/[^"]*)"', text(answer))
    pages = {link for link in links if not link.startswith("/static/")}
    assert pages
    assert {page: frame.follow(page).status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize("path", ["embed/", "embed/install/"])
def test_the_app_has_one_address_for_all_portals(portal: Sandbox, lena: Frame, path: str) -> None:
    assert lena.answer.status_code == 200
    opening = portal.open_app(LENA)
    everybodys = opening.url.replace("/embed/", f"/{path}")
    assert Frame().open(replace(opening, url=everybodys)).status_code != 404
    portals = opening.url.replace("/embed/", f"/p/{Portal.objects.get().slug}/{path}")
    assert Frame().open(replace(opening, url=portals)).status_code == 404


def test_an_edit_in_the_frame_is_in_the_history_as_made_there(portal: Sandbox) -> None:
    frame = Frame()
    frame.open(portal.open_app(LENA, TAB, options={"GROUP_ID": str(RELAUNCH)}))
    key = f"group-{RELAUNCH}"
    review = stage_id(portal, key, "Review")
    answer = frame.send(f"/boards/{key}/stages/{review}/move/", {"after_id": 0})
    assert answer.status_code == 200, text(answer)
    assert titles(portal, key)[0] == "Review"
    change = Change.objects.get()
    assert (change.source, change.actor, change.person_id) == ("frame", "Lena Lead", LENA)
    assert "portal" in text(frame.follow("/history/"))


@pytest.mark.usefixtures("portal")
def test_the_address_opened_by_hand_says_what_it_is_for() -> None:
    answer = Frame().follow("/embed/")
    assert answer.status_code == 405
    assert "This address is for portals" in text(answer)


def test_an_opening_after_a_move_keeps_the_portal(portal: Sandbox) -> None:
    Frame().open(portal.open_app(LENA))
    Portal.objects.update(base_url="https://old.example")
    Frame().open(portal.open_app(LENA))
    assert [one.base_url for one in Portal.objects.all()] == [portal.url]


def test_a_portal_at_the_address_of_another_gets_nothing_of_it(portal: Sandbox) -> None:
    Frame().open(portal.open_app(LENA))
    before = Portal.objects.get()
    Portal.objects.update(member_id="another")
    Frame().open(portal.open_app(LENA))
    assert Portal.objects.count() == 2
    before.refresh_from_db()
    assert before.base_url == "https://another.invalid"
    assert Credential.objects.filter(portal=before).count() == 1
