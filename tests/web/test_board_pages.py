from __future__ import annotations

from html import escape

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from tests import portal
from tests.web.conftest import Visit

BOARD = "/boards/group-10/"
HTMX = {"HX-Request": "true"}


def text(response: object) -> str:
    return bytes(response.content).decode()  # type: ignore[attr-defined]


def test_the_list_of_boards_links_to_each(lead: Client) -> None:
    page = text(lead.get("/"))
    assert 'href="/boards/my-planner/"' in page
    assert 'href="/boards/group-10/"' in page
    assert "Website relaunch" in page


def test_searching_narrows_the_list(lead: Client) -> None:
    page = text(lead.get("/", {"search": "RELAUNCH"}))
    assert "Website relaunch" in page
    assert "Office move" not in page


def test_searching_as_one_types_answers_with_the_list_alone(lead: Client) -> None:
    part = text(lead.get("/", {"search": "relaunch"}, headers=HTMX))
    assert part.lstrip().startswith('<div id="boards">')
    assert "<html" not in part


def test_a_search_that_finds_nothing_shows_the_way_back(lead: Client) -> None:
    page = text(lead.get("/", {"search": '"><script>'}))
    assert "No board has that in its title" in page
    assert escape('"><script>') in page


def test_a_board_shows_its_stages_in_order(sandbox: Sandbox, lead: Client) -> None:
    page = text(lead.get(BOARD))
    ids = portal.ids(sandbox, "group-10")
    places = [page.index(f'data-stage-id="{stage_id}"') for stage_id in ids]
    assert places == sorted(places)
    assert page.count("data-stage-id=") == len(ids)
    assert 'aria-label="Move Review"' in page
    assert 'aria-label="Actions for Review"' in page
    assert len(sandbox.requests) == 2


def test_titles_are_text_on_the_page(sandbox: Sandbox, lead: Client) -> None:
    page = text(lead.get(f"/boards/group-{portal.RESEARCH}/"))
    for title in portal.titles(sandbox, f"group-{portal.RESEARCH}"):
        assert escape(title) in page
    assert "<b>bold</b>" not in page


def test_a_board_of_twelve_stages_is_small(lead: Client) -> None:
    page = lead.get(f"/boards/group-{portal.ROADMAP}/", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.content) <= 8_000


def test_going_back_to_a_search_gives_the_whole_page(lead: Client) -> None:
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    assert "<html" in text(lead.get("/", {"search": "re"}, headers=headers))


@pytest.mark.parametrize("path", ["/", BOARD, "/rpa/", "/healthz"])
def test_a_page_may_be_asked_for_its_head(lead: Client, path: str) -> None:
    assert lead.head(path).status_code == 200


def test_a_part_that_cannot_be_given_is_a_message_and_no_page(visit: Visit) -> None:
    visit("lead")
    outsider = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1:8000"})
    for answer in (
        outsider.post(f"{BOARD}stages/1/move/", headers=HTMX),
        outsider.get("/nothing/", headers=HTMX),
    ):
        assert answer.headers["HX-Reswap"] == "none"
        assert "<html" not in text(answer)
        assert 'id="alerts"' in text(answer)


def test_the_log_says_why_without_the_secret(
    sandbox: Sandbox, lead: Client, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.arm("refused_by_code", method="task.stages.get", code="PORTAL_DELETED", times=9)
    lead.get(BOARD)
    assert "PORTAL_DELETED" in caplog.text
    assert "sandbox-lead" not in caplog.text


def test_the_debug_page_shows_no_secret(lead: Client, settings: Settings) -> None:
    settings.DEBUG = True
    lead.raise_request_exception = False
    settings.ROOT_URLCONF = "tests.web.failing_urls"
    secret = {"BITRIX24_WEBHOOK_URL": settings.BITRIX24_WEBHOOK.sign("x", {}).url}
    answer = lead.get("/", **secret)
    assert answer.status_code == 500
    assert "BITRIX24_WEBHOOK_URL" in text(answer)
    assert "sandbox-lead" not in text(answer)


def test_who_may_not_edit_sees_a_board_without_controls(member: Client) -> None:
    page = text(member.get(BOARD))
    assert "Read-only." in page
    assert "owner Lena Lead" in page
    for control in ('class="handle"', 'class="actions"', "Add stage", "board-sort.js"):
        assert control not in page


def test_an_unknown_board_is_a_404_in_words(lead: Client) -> None:
    response = lead.get("/boards/group-9999/")
    assert response.status_code == 404
    assert "There is no such board" in text(response)


@pytest.mark.parametrize("path", ["/boards/group-0/", "/boards/other/", "/nothing/"])
def test_an_address_that_names_nothing_is_a_404_in_words(lead: Client, path: str) -> None:
    response = lead.get(path)
    assert response.status_code == 404
    assert "There is no such page" in text(response)


def test_a_portal_that_is_down_is_told_with_a_way_to_try_again(
    sandbox: Sandbox, visit: Visit
) -> None:
    client = visit("lead")
    sandbox.stop()
    try:
        for path in ("/", BOARD, "/boards/my-planner/", "/rpa/", f"{BOARD}stages/1/"):
            response = client.get(path, {"probe": "1"})
            assert response.status_code == 502
            assert "The portal cannot be reached." in text(response)
            assert "Try again" in text(response)
    finally:
        sandbox.start()
    assert client.get(BOARD, {"probe": "1"}).status_code == 200


def test_a_dismissed_persons_webhook_is_told_in_words(visit: Visit) -> None:
    response = visit("dismissed").get("/")
    assert response.status_code == 502
    assert "they may have left the company" in text(response)


def test_pages_are_strict_about_what_they_load(lead: Client) -> None:
    for path in ("/", BOARD, "/nothing/", "/boards/group-9999/"):
        policy = lead.get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_pages_are_never_kept(lead: Client) -> None:
    assert "no-store" in lead.get(BOARD).headers["Cache-Control"]


def test_the_secret_is_on_no_page(lead: Client) -> None:
    for path in ("/", BOARD, "/rpa/", "/rpa/stages/1/", "/boards/group-9999/"):
        assert "sandbox-lead" not in text(lead.get(path))


def test_a_board_tells_how_much_it_holds(sandbox: Sandbox, lead: Client) -> None:
    page = text(lead.get(BOARD))
    assert "5 stages · 120 tasks" in page
    assert '<rect fill="#47D1E2" width="96%"' in page, "the share of 115 tasks"
    sandbox.faults.arm("operation_time_limit", method="tasks.task.list")
    page = text(lead.get(BOARD))
    assert "5 stages" in page
    assert "5 stages · 120 tasks" not in page, "an unknown sum is not told"


@pytest.mark.parametrize("group", [portal.CALENDAR, portal.LEADERS], ids=["closed", "secret"])
def test_an_administrator_is_offered_the_boards_of_others(visit: Visit, group: int) -> None:
    admin, board = visit("admin"), f"/boards/group-{group}/"
    refused = text(admin.get(board))
    assert 'role="switch" aria-checked="false" name="as_admin" value="1"' in refused
    opened = text(admin.get(f"{board}?as_admin=1"))
    assert all(f'<form method="get" action="{board}">' in page for page in (refused, opened))
    assert "You act as administrator of the portal." in opened
    assert 'role="switch" aria-checked="true"' in opened
    assert 'role="switch"' not in text(visit("member").get(board))
