"""The history in a browser: beside the board, on its own page, under Ctrl+Z in a later visit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import accessibility, board_page


def test_the_keys_undo_and_redo_what_an_earlier_visit_did(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    before = portal.as_stored(sandbox, "group-10")
    board_page.choose(page, "Review", "Move to start")
    board_page.settled(page, "Review is now at the start.")
    board_page.choose(page, "Done", "Move left")
    board_page.settled(page, "Done is now after")
    after = portal.as_stored(sandbox, "group-10")
    page.reload()
    expect(page.get_by_role("button", name="Undo: move of Done")).to_be_enabled()
    for expected in ("move of Review", "Nothing to undo"):
        page.keyboard.press("Control+z")
        expect(page.locator("edit-history [value=undo]")).to_have_attribute(
            "aria-label", expected if expected.startswith("Nothing") else f"Undo: {expected}"
        )
        board_page.idle(page)
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert portal.as_stored(sandbox, "group-10") == before
    page.reload()
    expect(page.get_by_role("button", name="Redo: move of Review")).to_be_enabled()
    for _ in range(2):
        page.keyboard.press("Control+Shift+z")
        board_page.idle(page)
    expect(page.get_by_role("button", name="Nothing to redo")).to_be_disabled()
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert portal.as_stored(sandbox, "group-10") == after


def test_an_undo_that_makes_no_sense_any_more_says_why(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    board_page.choose(page, "Review", "Rename")
    page.keyboard.type("Check")
    page.keyboard.press("Enter")
    board_page.settled(page, "Review is now called Check.")
    sandbox.portal.board("group-10")[2].title = "By hand"
    page.keyboard.press("Control+z")
    expect(page.get_by_role("alert")).to_contain_text("it is “By hand” now")
    board_page.shows_the_portal(page, sandbox, "group-10")


@pytest.mark.parametrize("how", ["message", "keys"])
def test_whoever_undoes_a_deletion_is_led_to_the_stage(
    page: Page, sandbox: Sandbox, how: str
) -> None:
    page.goto("/boards/group-10/")
    board_page.choose(page, "Review", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="and delete").press("Enter")
    expect(board_page.stage(page, "Review")).to_have_count(0)
    if how == "message":
        page.get_by_role("status").get_by_role("button", name="Undo").press("Enter")
    else:
        page.keyboard.press("Control+z")
    expect(board_page.actions(page, "Review")).to_be_focused()
    board_page.idle(page)
    expect(board_page.actions(page, "Review")).to_be_focused()
    board_page.shows_the_portal(page, sandbox, "group-10")


@pytest.mark.usefixtures("sandbox")
def test_a_message_offers_its_undo_for_at_least_ten_seconds(page: Page) -> None:
    page.clock.install()
    page.goto("/boards/group-10/")
    board_page.choose(page, "Review", "Move to start")
    undo = page.get_by_role("status").get_by_role("button", name="Undo")
    undo.hover()
    page.clock.run_for(30_000)
    expect(undo).to_be_visible()
    page.mouse.move(0, 0)  # from now on it is not looked at
    page.clock.run_for(10_000)
    expect(undo).to_be_visible()
    page.clock.run_for(3_000)
    expect(undo).to_be_hidden()


def test_axe_finds_nothing_in_a_history_that_has_something(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    board_page.choose(page, "Review", "Move to start")
    board_page.settled(page, "Review is now at the start.")
    page.keyboard.press("Control+z")
    expect(page.get_by_role("status").get_by_role("button", name="Redo")).to_be_visible()
    page.get_by_text("History of this board", exact=True).click()
    expect(page.locator(".board-history")).to_contain_text("Already undone by admin.")
    accessibility.check(page, 390, 1280)
    page.goto("/history/")
    page.get_by_label("Board", exact=True).select_option("group-10")
    expect(page).to_have_url("/history/?board=group-10&person=")
    accessibility.check(page, 390, 1280)
    page.get_by_role("link", name="Restore the board as it was before").last.click()
    accessibility.check(page, 390, 1280)
    assert portal.titles(sandbox, "group-10")[2] == "Review"
