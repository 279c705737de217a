"""Somebody else has changed the same thing: nothing is written until the person has chosen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import accessibility, board_page

BOARD, KEY = board_page.GROUP
REVIEW = 2  # its place


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


def rename(page: Page, title: str, new: str) -> None:
    board_page.handle(page, title).press("F2")
    page.keyboard.type(new)
    page.keyboard.press("Enter")


@pytest.fixture
def refused(page: Page, sandbox: Sandbox) -> Page:
    """A page whose rename met another one."""
    page.goto(BOARD)
    sandbox.portal.board(KEY)[REVIEW].title = "Checks"
    rename(page, "Review", "QA")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Somebody renamed Review to Checks meanwhile.")
    board_page.shows_the_portal(page, sandbox, KEY)
    assert portal.writes(sandbox) == []
    return page


def test_mine_is_applied_where_i_say_so(refused: Page, sandbox: Sandbox) -> None:
    refused.get_by_role("alert").get_by_text("Compare").click()
    expect(refused.locator(".compare")).to_contain_text("Theirs")
    expect(refused.locator(".compare")).to_contain_text("QA")
    accessibility.check(refused)
    refused.get_by_role("button", name="Apply mine").click()
    board_page.settled(refused, "Checks is now called QA.")
    expect(refused.get_by_role("alert")).to_be_empty()
    board_page.shows_the_portal(refused, sandbox, KEY)
    assert portal.titles(sandbox, KEY)[REVIEW] == "QA"
    refused.keyboard.press("Control+z")
    board_page.settled(refused, "QA is now called Checks.")
    board_page.shows_the_portal(refused, sandbox, KEY)


def test_theirs_is_kept(refused: Page, sandbox: Sandbox) -> None:
    expect(refused.locator("save-state")).to_have_text("Not everything was saved")
    refused.get_by_role("button", name="Keep theirs").click()
    expect(refused.get_by_role("alert")).to_be_empty()
    expect(refused.locator("save-state")).to_have_text("All changes are live in Bitrix24")
    board_page.shows_the_portal(refused, sandbox, KEY)
    assert portal.writes(sandbox) == []


def test_a_colour(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    sandbox.portal.board(KEY)[REVIEW].color = "123456"
    board_page.choose(page, "Review", "Change colour")
    page.get_by_role("gridcell", name="#1EAE43").click()
    expect(page.get_by_role("alert")).to_contain_text("another colour meanwhile, #123456.")
    page.get_by_role("button", name="Apply mine").click()
    board_page.settled(page, "#1EAE43")
    board_page.shows_the_portal(page, sandbox, KEY)


def test_a_place_after_a_stage_that_is_gone(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    del sandbox.portal.stages[portal.stage_id(sandbox, KEY, "Review")]
    board_page.drag(page, "Backlog", "Review")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Review, which Backlog was to come after, is gone.")
    board_page.shows_the_portal(page, sandbox, KEY)
    page.get_by_role("button", name="Apply mine").click()
    board_page.settled(page, "Backlog is now after In progress.")
    board_page.shows_the_portal(page, sandbox, KEY)


def test_what_was_typed_before_an_answer_told_of_it_asks_too(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    board_page.handle(page, "Review").press("F2")
    page.keyboard.type("Q")
    # The answer to another edit tells of the other name while the field is open.
    sandbox.portal.board(KEY)[REVIEW].title = "Checks"
    page.evaluate(
        """document.querySelector("board-editor").dispatchEvent(new CustomEvent("edit", { detail: {
            stage: document.querySelector(".stage:last-child").dataset.stageId, action: "move",
            fields: { after_id: 0 }, name: "move of Done" } }))"""
    )
    board_page.settled(page, "Done is now at the start.")
    page.keyboard.type("A")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Somebody renamed Review to Checks")
    board_page.shows_the_portal(page, sandbox, KEY)
    assert len(portal.writes(sandbox)) == 1


@pytest.mark.parametrize("choice", ["Keep theirs", "Apply mine"])
def test_without_a_script(
    browser: Browser, browser_context_args: dict[str, Any], sandbox: Sandbox, choice: str
) -> None:
    with browser.new_context(**browser_context_args, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(BOARD)
        board_page.actions(page, "Review").click()
        sandbox.portal.board(KEY)[REVIEW].title = "Checks"
        page.get_by_label("Stage title").fill("QA")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("Somebody renamed Review to Checks")
        expect(page.locator(".compare")).to_contain_text("Mine")
        assert portal.writes(sandbox) == []
        page.get_by_text(choice, exact=True).click()
        kept = choice == "Keep theirs"
        expect(board_page.stages(page).nth(REVIEW)).to_contain_text("Checks" if kept else "QA")
        assert board_page.as_shown(page) == portal.as_stored(sandbox, KEY)
        assert len(portal.writes(sandbox)) == (0 if kept else 1)


def hold_the_first(page: Page) -> list[Route]:
    """Keep the first edit that is posted; continue it, and those behind it follow."""
    kept: list[Route] = []

    def keep(route: Route) -> None:
        if route.request.method == "POST" and not kept:
            kept.append(route)
        else:
            route.continue_()

    page.route("**/stages/**", keep)
    return kept


def move(page: Page, title: str, after: str) -> None:
    """Move a stage by its menu."""
    board_page.choose(page, title, "Move to position…")
    page.get_by_label("After which stage").select_option(f"After {after}")
    page.get_by_role("button", name="Move", exact=True).click()


def test_a_place_that_was_lost_while_the_edit_waited_asks_too(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    held = hold_the_first(page)
    rename(page, "Done", "Finished")
    move(page, "Backlog", "Review")
    del sandbox.portal.stages[portal.stage_id(sandbox, KEY, "Review")]
    held[0].continue_()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Review, which Backlog was to come after, is gone.")
    board_page.shows_the_portal(page, sandbox, KEY)
    assert len(portal.writes(sandbox)) == 1
    page.get_by_role("button", name="Apply mine").click()
    board_page.settled(page, "Backlog is now after In progress.")
    board_page.shows_the_portal(page, sandbox, KEY)


def test_a_place_that_my_own_deletion_took_is_the_next_on_the_left(
    page: Page, sandbox: Sandbox
) -> None:
    page.goto(BOARD)
    done = portal.stage_id(sandbox, KEY, "Done")
    for task in sandbox.portal.tasks.values():
        if task.stage_id == done:
            task.stage_id = portal.stage_id(sandbox, KEY, "Review")
    page.reload()
    held = hold_the_first(page)
    board_page.choose(page, "Done", "Delete")
    page.get_by_role("button", name="Delete stage").click()
    expect(page.locator(".stage.going")).to_contain_text("Done")
    move(page, "Backlog", "Done")
    held[0].continue_()
    board_page.settled(page, "Backlog is now after")
    board_page.shows_the_portal(page, sandbox, KEY)
    assert portal.titles(sandbox, KEY)[-1] == "Backlog"
