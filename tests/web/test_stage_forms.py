"""The plain forms: each edit without a script, and what becomes of wrong input."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from sandbox.server import Sandbox
from tests import portal
from tests.web.conftest import Visit
from tests.web.test_board_pages import BOARD, HTMX, text

KEY = "group-10"


@pytest.fixture
def review(sandbox: Sandbox) -> str:
    return f"{BOARD}stages/{portal.stage_id(sandbox, KEY, 'Review')}/"


def test_the_page_of_a_stage_offers_every_edit(lead: Client, review: str) -> None:
    page = text(lead.get(review))
    assert f'action="{review}"' in page
    for label in ("Stage title", "Colour", "Position"):
        assert label in page
    assert "Delete…" in page
    assert "Stage title" in page
    assert 'value="Review"' in page


def test_saving_changes_all_that_was_changed_in_one_request(
    sandbox: Sandbox, lead: Client, review: str
) -> None:
    data = {"title": "QA", "color": "#aabbcc", "after_id": "0"}
    response = lead.post(review, data, follow=True)
    assert portal.as_stored(sandbox, KEY)[0][1:] == ("QA", "AABBCC")
    assert "Review is now called QA." in text(response)
    assert [record.method for record in sandbox.requests][:3] == ["batch"] * 3
    assert len(portal.writes(sandbox)) == 3


def test_saving_what_is_there_already_sends_nothing(
    sandbox: Sandbox, lead: Client, review: str
) -> None:
    anchor = portal.ids(sandbox, KEY)[1]
    color = sandbox.portal.board(KEY)[2].color
    data = {"title": "Review", "color": f"#{color}", "after_id": str(anchor)}
    response = lead.post(review, data, follow=True)
    assert "Nothing had to be changed." in text(response)
    assert portal.writes(sandbox) == []


def test_a_form_that_is_sent_twice_adds_one_stage(sandbox: Sandbox, lead: Client) -> None:
    once = re.search(r'name="once" value="([^"]+)"', text(lead.get(f"{BOARD}stages/")))
    assert once
    data = {"title": "QA", "color": "#123456", "after_id": "0", "once": once[1]}
    assert lead.post(f"{BOARD}stages/", data).status_code == 302
    assert lead.post(f"{BOARD}stages/", data).status_code == 409
    assert portal.titles(sandbox, KEY).count("QA") == 1


def test_a_form_that_failed_can_be_sent_again(sandbox: Sandbox, lead: Client) -> None:
    data = {"title": "QA", "color": "#123456", "after_id": "0", "once": str(uuid4())}
    sandbox.faults.arm("html", method="task.stages.add", times=2)
    refused = lead.post(f"{BOARD}stages/", data)
    assert refused.status_code == 502
    assert "Try again" in text(refused)
    assert lead.post(f"{BOARD}stages/", data).status_code == 302
    assert portal.titles(sandbox, KEY).count("QA") == 1


def test_a_form_whose_fate_is_unknown_is_not_offered_again(sandbox: Sandbox, lead: Client) -> None:
    data = {"title": "QA", "color": "#123456", "after_id": "0", "once": str(uuid4())}
    sandbox.faults.arm("html", method="tasks.task.list", times=10)
    refused = lead.post(f"{BOARD}stages/", data)
    assert "The portal took the edit" in text(refused)
    assert "Try again" not in text(refused)
    assert lead.post(f"{BOARD}stages/", data).status_code == 409
    assert portal.titles(sandbox, KEY).count("QA") == 1


@pytest.mark.parametrize("action", ["rename", "recolor", "move"])
def test_an_address_that_is_posted_to_leads_to_the_form(
    lead: Client, review: str, action: str
) -> None:
    assert lead.get(f"{review}{action}/").headers["Location"] == review
    assert lead.put(f"{review}{action}/").status_code == 405


def test_renaming_leads_back_to_the_board_with_a_message(
    sandbox: Sandbox, lead: Client, review: str
) -> None:
    response = lead.post(f"{review}rename/", {"title": " QA "}, follow=True)
    assert response.redirect_chain == [(BOARD, 302)]
    assert "Review is now called QA." in text(response)
    assert portal.titles(sandbox, KEY)[2] == "QA"


def test_recolouring_works(sandbox: Sandbox, lead: Client, review: str) -> None:
    lead.post(f"{review}recolor/", {"color": "#aabbcc"})
    assert sandbox.portal.board(KEY)[2].color == "AABBCC"


def test_moving_works(sandbox: Sandbox, lead: Client, review: str) -> None:
    response = lead.post(f"{review}move/", {"after_id": "0"}, follow=True)
    assert portal.titles(sandbox, KEY)[0] == "Review"
    assert "New tasks will land there." in text(response)


def test_adding_works(sandbox: Sandbox, lead: Client) -> None:
    page = text(lead.get(f"{BOARD}stages/"))
    assert 'value="#468EE5"' in page, "the next default colour is proposed"
    after = portal.ids(sandbox, KEY)[0]
    data = {"title": "Triage", "color": "#123456", "after_id": str(after)}
    response = lead.post(f"{BOARD}stages/", data, follow=True)
    assert "Triage was added after Backlog." in text(response)
    assert portal.as_stored(sandbox, KEY)[1][1:] == ("Triage", "123456")


def test_a_plus_between_two_stages_proposes_that_place(lead: Client) -> None:
    page = text(lead.get(f"{BOARD}stages/", {"after": "2"}))
    assert '<option value="2" selected>3: after In progress</option>' in page
    page = text(lead.get(f"{BOARD}stages/", {"after": "<b>"}))
    assert "<b>" not in page


def test_deleting_asks_first(sandbox: Sandbox, lead: Client) -> None:
    lead.post(f"{BOARD}stages/", {"title": "Empty", "color": "#123456", "after_id": "0"})
    lead.post(f"{BOARD}stages/", {"title": "First", "color": "#123456", "after_id": "0"})
    stage = f"{BOARD}stages/{portal.stage_id(sandbox, KEY, 'Empty')}/delete/"
    assert "Delete “Empty”?" in text(lead.get(stage))
    assert "Empty" in portal.titles(sandbox, KEY)
    response = lead.post(stage, follow=True)
    assert "Empty was deleted." in text(response)
    assert "Empty" not in portal.titles(sandbox, KEY)


def test_the_first_stage_explains_why_it_stays(sandbox: Sandbox, lead: Client) -> None:
    first = f"{BOARD}stages/{portal.ids(sandbox, KEY)[0]}/"
    assert "new tasks land there" in text(lead.get(first))
    assert "new tasks land there" in text(lead.get(f"{first}delete/"))
    assert lead.post(f"{first}delete/").status_code == 409


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("", "Give the stage a title."),
        ("   ", "Give the stage a title."),
        ("x" * 256, "this one has 256"),
        ("a\x00b", "one line of text"),
    ],
)
def test_a_wrong_title_is_said_at_its_field_and_nothing_is_sent(
    sandbox: Sandbox, lead: Client, review: str, title: str, says: str
) -> None:
    add = {"title": title, "color": "#123456", "after_id": "0"}
    for response in (
        lead.post(review, {"title": title, "color": "#123456", "after_id": "0"}),
        lead.post(f"{review}rename/", {"title": title}),
        lead.post(f"{BOARD}stages/", add),
    ):
        assert response.status_code == 400
        assert says in text(response)
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize("color", ["red", "", "#12345g"])
def test_a_wrong_colour_is_said_at_its_field_and_nothing_is_sent(
    sandbox: Sandbox, lead: Client, review: str, color: str
) -> None:
    response = lead.post(f"{review}recolor/", {"color": color})
    assert response.status_code == 400
    assert "six hex digits" in text(response) or "required" in text(response)
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize("after_id", ["", "-1", "x", "9" * 30, "999999"])
def test_a_place_that_is_none_sends_nothing(
    sandbox: Sandbox, lead: Client, review: str, after_id: str
) -> None:
    response = lead.post(f"{review}move/", {"after_id": after_id})
    assert response.status_code in (400, 404)
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize(
    "shown",
    [
        '[[Infinity, "a", "FFFFFF"]]',
        '[[1, "a", "FFFFFF"], [999, "a\\ud800", "FFFFFF"]]',
        "[" * 100_000,
        f'[[{"9" * 5000}, "a", "FFFFFF"]]',
        '[[1, "a"]]',
        '{"1": 2}',
    ],
)
def test_a_board_that_nothing_has_shown_is_as_if_none_had_been(
    sandbox: Sandbox, lead: Client, review: str, shown: str
) -> None:
    lost = lead.post(f"{review}move/", {"after_id": "999", "shown": shown})
    assert lost.status_code == 404
    assert portal.writes(sandbox) == []
    lead.post(f"{review}rename/", {"title": "QA", "shown": shown})
    assert portal.titles(sandbox, KEY)[2] == "QA"


def test_a_stage_of_another_board_is_not_found(sandbox: Sandbox, lead: Client) -> None:
    foreign = portal.ids(sandbox, f"group-{portal.ROADMAP}")[1]
    path = f"{BOARD}stages/{foreign}/"
    assert lead.get(path).status_code == 404
    assert lead.get(f"{path}delete/").status_code == 404
    assert lead.post(f"{path}delete/").status_code == 404
    assert lead.post(f"{path}rename/", {"title": "Mine"}).status_code == 404
    assert portal.writes(sandbox) == []


def test_a_member_changes_nothing(sandbox: Sandbox, member: Client, review: str) -> None:
    for action, data in (
        ("rename/", {"title": "Mine"}),
        ("recolor/", {"color": "#123456"}),
        ("move/", {"after_id": "0"}),
        ("delete/", {}),
    ):
        assert member.post(review + action, data).status_code == 403
    assert "Read-only" in text(member.get(review))
    assert portal.writes(sandbox) == []


def test_a_form_from_elsewhere_changes_nothing(sandbox: Sandbox, visit: Visit, review: str) -> None:
    visit("lead")
    outsider = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1:8000"})
    response = outsider.post(f"{review}rename/", {"title": "Mine"})
    assert response.status_code == 403
    assert "came from another site" in text(response)
    assert portal.writes(sandbox) == []


def test_what_was_typed_is_kept_where_the_portal_fails(
    sandbox: Sandbox, lead: Client, review: str
) -> None:
    sandbox.faults.arm("html", method="task.stages.update", times=2)
    response = lead.post(f"{review}rename/", {"title": 'Q "A"'})
    assert response.status_code == 502
    assert "Try again" in text(response)
    assert 'value="Q &quot;A&quot;"' in text(response)


def test_a_drop_is_answered_with_the_board_and_the_news(
    sandbox: Sandbox, lead: Client, review: str
) -> None:
    response = lead.post(f"{review}move/", {"after_id": "0"}, headers=HTMX)
    part = text(response)
    assert part.lstrip().startswith('<div id="board">')
    assert 'hx-swap-oob="innerHTML"' in part
    assert "Review is now at the start." in part
    assert portal.titles(sandbox, KEY)[0] == "Review"


def test_a_refused_drop_is_answered_with_the_portals_board_and_the_reason(
    sandbox: Sandbox, lead: Client, review: str
) -> None:
    sandbox.faults.arm(
        "refused_by_code", method="task.stages.update", code="ACCESS_DENIED", status=400
    )
    response = lead.post(f"{review}move/", {"after_id": "0"}, headers=HTMX)
    assert response.status_code == 403
    assert 'data-stage-id="' in text(response)
    assert "does not let you do this" in text(response)


def test_a_drop_while_the_portal_is_down_leaves_the_page_to_put_it_back(
    sandbox: Sandbox, lead: Client, review: str
) -> None:
    sandbox.stop()
    try:
        response = lead.post(f"{review}move/", {"after_id": "0"}, headers=HTMX)
    finally:
        sandbox.start()
    assert response.status_code == 502
    assert response.headers["HX-Reswap"] == "none"
    assert "cannot be reached" in text(response)
