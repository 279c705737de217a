"""Titles in place, and the first stages of a board."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from sandbox import kanban
from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


def open_empty(page: Page, sandbox: Sandbox) -> str:
    """Open a board without stages; a portal gives one its defaults as soon as it is read."""
    key = f"group-{portal.OFFICE}"
    assert portal.ids(sandbox, key) == []
    page.goto(f"/boards/{key}/")
    expect(page.get_by_role("heading", name="This board has no stages yet.")).to_be_visible()
    return key


def test_f2_and_a_double_click_open_the_field(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    field = page.get_by_label("Stage title")
    board_page.stage(page, "Review").press("F2")
    expect(field).to_have_value("Review")
    field.fill("Never")
    field.press("Escape")
    expect(field).to_have_count(0)
    board_page.stage(page, "Review").locator(".name").dblclick()
    field.fill("QA")
    field.press("Enter")
    board_page.settled(page, "Review is now called QA.")
    board_page.handle(page, "QA").press("F2")
    field.press("Enter")
    assert board_page.focused(page) == "Move QA"
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert len(portal.writes(sandbox)) == 1


def test_tab_and_a_click_elsewhere_save(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    field = page.get_by_label("Stage title")
    board_page.handle(page, "Review").press("F2")
    field.fill("QA")
    field.press("Tab")
    board_page.settled(page, "Review is now called QA.")
    assert board_page.focused(page) == "Actions for QA"
    board_page.handle(page, "Done").press("F2")
    field.fill("Shipped")
    page.get_by_role("heading", level=1).click()
    board_page.settled(page, "Done is now called Shipped.")
    board_page.shows_the_portal(page, sandbox, "group-10")


@pytest.mark.parametrize(
    ("title", "reason"), [("  ", "Give the stage a title."), ("🚀" * 256, "this one has 256.")]
)
def test_a_title_that_cannot_be_keeps_the_field_open(
    page: Page, sandbox: Sandbox, title: str, reason: str
) -> None:
    page.goto("/boards/group-10/")
    field = page.get_by_label("Stage title")
    board_page.handle(page, "Review").press("F2")
    field.fill(title)
    for key in ("Enter", "Tab"):
        field.press(key)
        expect(field).to_be_focused()
        expect(board_page.stages(page).nth(2).get_by_role("alert")).to_contain_text(reason)
        expect(field).to_have_accessible_description(re.compile(re.escape(reason)))
    assert portal.writes(sandbox) == []
    field.fill("🚀" * 255)
    field.press("Enter")
    board_page.settled(page, "Review is now called")
    board_page.shows_the_portal(page, sandbox, "group-10")


@pytest.mark.usefixtures("no_defaults")
def test_an_empty_board_begins_with_a_list_of_titles(page: Page, sandbox: Sandbox) -> None:
    key = open_empty(page, sandbox)
    page.get_by_label("one per line").fill("To do\n\n Doing \nDone")
    page.get_by_role("button", name="Add these stages").click()
    assert board_page.titles(page) == ["To do", "Doing", "Done"]
    board_page.shows_the_portal(page, sandbox, key)
    assert portal.titles(sandbox, key) == ["To do", "Doing", "Done"]
    expect(page.get_by_role("heading", name="This board has no stages yet.")).to_be_hidden()


@pytest.mark.usefixtures("no_defaults")
def test_an_empty_board_begins_with_one_stage(page: Page, sandbox: Sandbox) -> None:
    key = open_empty(page, sandbox)
    page.get_by_role("button", name="Add the first stage").click()
    page.keyboard.type("Inbox")
    page.keyboard.press("Enter")
    board_page.settled(page, "Inbox was added")
    board_page.shows_the_portal(page, sandbox, key)
    assert board_page.focused(page) == "Actions for Inbox"


def test_an_empty_board_begins_with_the_portals_stages(
    page: Page, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as for_now:
        for_now.setitem(kanban.DEFAULT_STAGES, "G", ())
        key = open_empty(page, sandbox)
    page.get_by_role("link", name="Take the portal's stages").click()
    expect(board_page.stages(page)).to_have_count(3)
    board_page.shows_the_portal(page, sandbox, key)
    assert board_page.titles(page) == [title for title, _, _ in kanban.DEFAULT_STAGES["G"]]
