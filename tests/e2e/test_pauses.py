"""A pause the portal asks for: counted down, and over by itself."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page

BOARD = "/boards/group-10/"
UPDATE = "task.stages.update"


def test_a_page_counts_down_and_goes_on_by_itself(sandbox: Sandbox, page: Page) -> None:
    sandbox.faults.arm("limit", times=100)
    page.goto(BOARD)
    expect(page.get_by_role("alert")).to_contain_text("The portal asks us to slow down.")
    expect(page.get_by_role("timer")).to_contain_text("Goes on by itself in")
    sandbox.faults.clear()
    expect(board_page.stages(page)).to_have_count(5, timeout=15_000)


def test_nobody_has_to_wait_for_the_countdown(sandbox: Sandbox, page: Page) -> None:
    sandbox.faults.arm("html", times=100)
    for _ in range(3):
        page.goto(BOARD)
    page.goto(BOARD)
    expect(page.get_by_role("alert")).to_contain_text("it is left alone for a moment")
    expect(page.get_by_role("timer")).to_contain_text("Goes on by itself in")
    sandbox.faults.clear()
    page.get_by_role("link", name="Try again").click()
    expect(board_page.stages(page)).to_have_count(5)


def test_an_edit_in_a_pause_is_made_when_the_pause_is_over(sandbox: Sandbox, page: Page) -> None:
    page.goto(BOARD)
    sandbox.faults.arm("limit", method=UPDATE, times=100)
    board_page.choose(page, "Review", "Move to start")
    alert = page.locator("#alerts")
    expect(alert).to_contain_text("The portal asks us to slow down.", timeout=20_000)
    expect(alert.get_by_role("timer")).to_contain_text("Goes on by itself in")
    sandbox.faults.clear()
    expect(alert).to_be_empty(timeout=20_000)
    expect(page.locator("#news")).to_contain_text("Review is now at the start.")
    assert portal.titles(sandbox, "group-10")[0] == "Review"


def test_an_edit_that_meets_a_rest_is_made_by_try_again(sandbox: Sandbox, page: Page) -> None:
    page.goto(BOARD)
    sandbox.faults.arm("html", times=100)
    other = page.context.new_page()
    for _ in range(3):
        other.goto(BOARD)
    sandbox.faults.clear()
    board_page.choose(page, "Review", "Move to start")
    expect(page.locator("#alerts")).to_contain_text("it is left alone for a moment")
    page.locator("#alerts").get_by_role("button", name="Try again").click()
    expect(page.locator("#news")).to_contain_text("Review is now at the start.")
    assert portal.titles(sandbox, "group-10")[0] == "Review"
