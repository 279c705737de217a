"""The history beside the board: what is undone there takes its turn, once, and is told as it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page
from tests.services import removals

BOARD, KEY = board_page.GROUP


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


def open_panel(page: Page) -> Locator:
    """Open the panel, and return its newest change."""
    page.get_by_text("History of this board", exact=True).click()
    return page.locator(".board-history .change").first


def undo_in(change: Locator) -> Locator:
    return change.get_by_role("button", name="Undo")


@pytest.fixture
def newest(page: Page, sandbox: Sandbox) -> Locator:
    """Move two stages and open the panel."""
    assert portal.ids(sandbox, KEY)
    page.goto(BOARD)
    board_page.choose(page, "Review", "Move to start")
    board_page.settled(page, "Review is now at the start.")
    board_page.choose(page, "Done", "Move left")
    board_page.settled(page, "Done is now after")
    found = open_panel(page)
    expect(found).to_contain_text("Done is now after")
    return found


def offers(page: Page, undo: str, redo: str) -> None:
    for kind, name in (("undo", undo), ("redo", redo)):
        label = f"{kind.capitalize()}: {name}" if name else f"Nothing to {kind}"
        button = page.locator(f"edit-history [value={kind}]")
        expect(button).to_have_attribute("aria-label", label, timeout=15_000)


def lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def test_it_follows_the_edits_and_its_undo_is_one_of_them(
    page: Page, sandbox: Sandbox, newest: Locator
) -> None:
    undo_in(newest).click()
    expect(page.locator("#news")).to_contain_text("Undo: Done is now")
    expect(page.get_by_text("History of this board", exact=True)).to_be_focused()
    offers(page, "move of Review", "move of Done")
    board_page.shows_the_portal(page, sandbox, KEY)
    page.get_by_role("status").get_by_role("button", name="Redo").click()
    expect(newest).to_contain_text("Redo: Done is now")
    offers(page, "move of Done", "")
    board_page.shows_the_portal(page, sandbox, KEY)


def test_the_undo_of_an_undo_is_a_redo_though_something_was_done_since(
    page: Page, sandbox: Sandbox, newest: Locator
) -> None:
    moved = portal.as_stored(sandbox, KEY)
    page.keyboard.press("Control+z")
    offers(page, "move of Review", "move of Done")
    board_page.choose(page, "Backlog", "Move right")
    offers(page, "move of Backlog", "")
    expect(newest).to_contain_text("Backlog is now")
    undo_in(page.locator(".board-history .change").nth(1)).click()
    offers(page, "move of Done", "")
    board_page.shows_the_portal(page, sandbox, KEY)
    page.reload()
    offers(page, "move of Done", "")
    for _ in range(2):
        page.keyboard.press("Control+z")
        board_page.idle(page)
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    offers(page, "move of Backlog", "")
    assert sorted(portal.as_stored(sandbox, KEY)) == sorted(moved)


@pytest.mark.parametrize("how", ["twice", "by the keys", "by the message"])
def test_what_is_undone_meanwhile_is_not_undone_again(
    page: Page, sandbox: Sandbox, newest: Locator, how: str
) -> None:
    sandbox.faults.arm("slow", seconds=0.3)
    if how == "twice":
        undo_in(newest).dblclick()
    elif how == "by the keys":
        page.keyboard.press("Control+z")
        undo_in(newest).click()
    else:
        message = page.get_by_role("status").get_by_role("button", name="Undo")
        undo_in(newest).click()
        message.click()
    offers(page, "move of Review", "move of Done")
    board_page.shows_the_portal(page, sandbox, KEY)
    expect(page.get_by_role("alert")).to_be_empty()
    assert len(portal.writes(sandbox)) == 3


@pytest.mark.parametrize("way", ["panel", "keys"])
def test_an_undo_whose_answer_was_lost_is_told_as_done_when_it_is_tried_again(
    page: Page, sandbox: Sandbox, newest: Locator, way: str
) -> None:
    page.route("**/undo/", lose_the_answer)
    if way == "panel":
        undo_in(newest).click()
    else:
        page.keyboard.press("Control+z")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Board Admin cannot be reached.")
    page.unroute("**/undo/")
    alert.get_by_role("button", name="Try again").click()
    board_page.settled(page, "Undo: Done is now")
    expect(alert).to_be_empty()
    offers(page, "move of Review", "move of Done")
    board_page.shows_the_portal(page, sandbox, KEY)
    assert len(portal.writes(sandbox)) == 3
    page.keyboard.press("Control+Shift+z")
    offers(page, "move of Done", "")


def test_a_redo_that_is_tried_again_is_still_a_redo(
    page: Page, sandbox: Sandbox, newest: Locator
) -> None:
    page.keyboard.press("Control+z")
    offers(page, "move of Review", "move of Done")
    expect(newest).to_contain_text("Undo: Done is now")
    page.route("**/undo/", lambda route: route.abort())
    undo_in(newest).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Not saved: undo of “Undo: Done is now")
    page.unroute("**/undo/")
    alert.get_by_role("button", name="Try again").click()
    offers(page, "move of Done", "")
    board_page.shows_the_portal(page, sandbox, KEY)


def test_what_is_discarded_can_be_undone_as_before(page: Page, newest: Locator) -> None:
    page.route("**/undo/", lambda route: route.abort())
    undo_in(newest).click()
    page.get_by_role("alert").get_by_role("button", name="Discard").click()
    offers(page, "move of Done", "")


def test_what_another_edit_takes_the_place_of_can_be_undone_as_before(
    page: Page, newest: Locator
) -> None:
    page.route("**/undo/", lambda route: route.abort())
    undo_in(newest).click()
    expect(page.get_by_role("alert")).to_contain_text("Board Admin cannot be reached.")
    page.unroute("**/undo/")
    board_page.choose(page, "Backlog", "Move to end")
    board_page.settled(page, "Backlog is now after")
    page.keyboard.press("Control+z")
    offers(page, "move of Done", "move of Backlog")


def test_an_undo_that_is_asked_for_again_while_it_is_answered_slowly_is_made_once(
    page: Page, sandbox: Sandbox, newest: Locator
) -> None:
    page.clock.install()
    page.reload()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)
            route.fetch()

    page.route("**/undo/", hold)
    page.keyboard.press("Control+z")
    expect(page.locator("save-state")).to_have_text("Saving…")
    page.clock.run_for(11_000)
    page.locator("save-state").get_by_role("button", name="Try again").click()
    board_page.settled(page, "Undo: Done is now")
    offers(page, "move of Review", "move of Done")
    assert len(portal.writes(sandbox)) == 3
    assert newest


def test_the_stage_that_comes_back_in_a_second_try_can_be_edited_at_once(
    page: Page, sandbox: Sandbox
) -> None:
    removals.everything_visible(sandbox)
    page.goto(BOARD)
    board_page.choose(page, "In progress", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="and delete").click()
    board_page.settled(page, "its 120 tasks are now in Backlog.")
    page.route("**/undo/", lose_the_answer)
    page.keyboard.press("Control+z")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Board Admin cannot be reached.")
    page.unroute("**/undo/")
    alert.get_by_role("button", name="Try again").click()
    board_page.choose(page, "In progress", "Rename")
    page.keyboard.type("Doing")
    page.keyboard.press("Enter")
    board_page.settled(page, "In progress is now called Doing.")
    expect(alert).to_be_empty()
    board_page.shows_the_portal(page, sandbox, KEY)
    added = portal.stage_id(sandbox, KEY, "Doing")
    assert removals.tasks_in(sandbox, added) == set(range(1, 121))


def test_an_undo_that_is_refused_leaves_the_page_and_says_why(
    page: Page, sandbox: Sandbox, newest: Locator
) -> None:
    board_page.choose(page, "Review", "Rename")
    page.keyboard.type("Check")
    page.keyboard.press("Enter")
    expect(newest).to_contain_text("Review is now called Check.")
    sandbox.portal.board(KEY)[0].title = "By hand"
    undo_in(newest).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Not saved: undo of “Review is now called Check.”")
    expect(alert).to_contain_text("it is “By hand” now")
    expect(page).to_have_url(BOARD)
    board_page.shows_the_portal(page, sandbox, KEY)


def test_after_a_refusal_it_shows_what_came_meanwhile(
    page: Page, sandbox: Sandbox, newest: Locator
) -> None:
    other = page.context.new_page()
    other.goto(BOARD)
    board_page.choose(other, "Backlog", "Move to end")
    board_page.settled(other, "Backlog is now after")
    board_page.choose(other, "Done", "Delete")
    other.get_by_role("dialog").get_by_role("button", name="and delete").click()
    board_page.settled(other, "Done was deleted")
    undo_in(newest).click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved: undo of “Done is now after")
    expect(newest).to_contain_text("Done was deleted")
    board_page.shows_the_portal(page, sandbox, KEY)


def test_tasks_that_were_left_behind_are_brought_back(page: Page, sandbox: Sandbox) -> None:
    removals.everything_visible(sandbox)
    page.goto(BOARD)
    board_page.choose(page, "In progress", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="and delete").click()
    board_page.settled(page, "its 120 tasks are now in Backlog.")
    newest = open_panel(page)
    page.route("**/tasks/", lambda route: route.abort())
    undo_in(newest).click()
    alert = page.get_by_role("alert")
    alert.get_by_role("button", name="Discard").click()
    redo = page.locator("edit-history [value=redo]")
    expect(redo).to_have_attribute("aria-label", "Redo: deletion of In progress")
    back = newest.get_by_role("button", name="Bring back the tasks")
    page.route("**/undo/", lambda route: route.abort())
    back.click()
    expect(alert).to_contain_text("Not saved: return of tasks.")
    alert.get_by_role("button", name="Discard").click()
    page.unroute("**/undo/")
    page.unroute("**/tasks/")
    back.click()
    board_page.settled(page, "120 tasks are back in In progress.")
    board_page.shows_the_portal(page, sandbox, KEY)
    page.keyboard.press("Control+Shift+z")
    board_page.settled(page, "its 120 tasks are now in Backlog.")
    expect(page.get_by_role("button", name="Nothing to redo")).to_be_disabled()
    board_page.shows_the_portal(page, sandbox, KEY)
