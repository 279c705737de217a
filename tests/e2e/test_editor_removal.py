"""Deleting a stage with tasks from its menu: the dialog, what is shown meanwhile, the undo."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page
from tests.services import removals
from tests.services.removals import CROWDED, MOVE

BOARD, KEY = board_page.GROUP


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


@pytest.fixture
def visible(sandbox: Sandbox) -> Sandbox:
    removals.everything_visible(sandbox)
    return sandbox


def delete(page: Page, title: str, button: str) -> None:
    """Delete a stage through its menu and the dialog, leaving its tasks to the proposed stage."""
    board_page.choose(page, title, "Delete")
    page.get_by_role("dialog").get_by_role("button", name=button).click()


def test_a_stage_with_tasks_goes_and_comes_back(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    before = portal.titles(sandbox, KEY)
    board_page.choose(page, "Review", "Delete")
    dialog = page.get_by_role("dialog", name="Delete Review")
    expect(dialog.get_by_label("Move the tasks to").locator(":checked")).to_have_text("In progress")
    dialog.get_by_role("button", name="Move 1 task and delete").click()
    expect(page.locator(".stage.going")).to_have_count(0, timeout=20_000)
    board_page.shows_the_portal(page, sandbox, KEY)
    assert portal.titles(sandbox, KEY) == [title for title in before if title != "Review"]
    assert board_page.focused(page) == "Actions for Ready to ship"
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").get_by_role("button", name="Redo")).to_be_visible()
    board_page.shows_the_portal(page, sandbox, KEY)
    assert portal.titles(sandbox, KEY) == before
    expect(board_page.stage(page, "Review")).to_contain_text("1 task")


def test_an_undo_that_comes_late_leaves_a_person_where_they_are(
    page: Page, sandbox: Sandbox
) -> None:
    page.goto(BOARD)
    sandbox.faults.arm("slow", seconds=0.3)
    delete(page, "Review", "Move 1 task and delete")
    board_page.handle(page, "Done").focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("F2")
    expect(page.get_by_role("status").get_by_role("button", name="Redo")).to_be_visible()
    assert page.locator("title-field :focus").input_value() == "Done"
    page.keyboard.press("Escape")
    expect(board_page.stage(page, "Review")).to_be_visible()


def test_a_stage_that_goes_says_how_far_it_is(page: Page, visible: Sandbox) -> None:
    page.goto(BOARD)
    visible.faults.arm("slow", seconds=0.15)
    delete(page, "In progress", "Move 120 tasks and delete")
    going = page.locator(".stage.going")
    expect(going).to_contain_text("In progress")
    expect(going.locator(".body")).to_have_attribute("data-progress", "50 of 120 tasks moved")
    progress = "body => getComputedStyle(body, '::after').content"
    assert "of 120 tasks moved" in going.locator(".body").evaluate(progress)
    expect(page.get_by_role("status")).to_contain_text("Moving tasks", timeout=20_000)
    visible.faults.clear()
    expect(going).to_have_count(0, timeout=60_000)
    board_page.shows_the_portal(page, visible, KEY)


def test_what_is_put_behind_a_stage_that_goes_takes_its_place(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    held: list[Route] = []

    def hold_the_first_post(route: Route) -> None:
        if route.request.method == "POST" and not held:
            return held.append(route)
        return route.continue_()

    page.route("**/delete/", hold_the_first_post)
    delete(page, "Review", "Move 1 task and delete")
    expect(page.locator(".stage.going")).to_contain_text("Review")
    board_page.handle(page, "Review").press("Space")
    expect(page.locator(".lifted")).to_have_count(0)
    board_page.choose(page, "Done", "Move left")
    assert board_page.titles(page)[2:4] == ["Review", "Done"]
    held[0].continue_()
    board_page.shows_the_portal(page, sandbox, KEY)
    expect(page.get_by_role("alert")).to_be_empty()
    assert portal.titles(sandbox, KEY) == ["Backlog", "In progress", "Done", "Ready to ship"]


def test_the_keys_bring_all_tasks_back_and_take_them_again(page: Page, visible: Sandbox) -> None:
    page.goto(BOARD)
    delete(page, "In progress", "Move 120 tasks and delete")
    board_page.settled(page, "In progress was deleted; its 120 tasks are now in Backlog.")
    board_page.shows_the_portal(page, visible, KEY)
    assert CROWDED not in portal.ids(visible, KEY)

    page.keyboard.press("Control+z")
    board_page.settled(page, "120 tasks are back in In progress.")
    board_page.shows_the_portal(page, visible, KEY)
    again = portal.stage_id(visible, KEY, "In progress")
    assert portal.titles(visible, KEY)[1] == "In progress"
    assert len(removals.tasks_in(visible, again)) == 120

    page.keyboard.press("Control+Shift+z")
    board_page.settled(page, "In progress was deleted; its 120 tasks are now in Backlog.")
    board_page.shows_the_portal(page, visible, KEY)


def test_tasks_that_moved_for_nothing_go_back(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    delete(page, "In progress", "Move 115 tasks and delete")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("115 of 115 tasks are in Backlog now.")
    board_page.shows_the_portal(page, sandbox, KEY)
    alert.get_by_role("button", name="Move those tasks back").click()
    board_page.settled(page, "115 tasks are back in In progress.")
    assert removals.tasks_in(sandbox, CROWDED) == set(range(1, 121))


def test_the_board_goes_on_after_a_failure_without_losing_count(
    page: Page, visible: Sandbox
) -> None:
    page.goto(BOARD)
    visible.faults.arm("half_batch", method=MOVE, times=2, after=3)
    delete(page, "In progress", "Move 120 tasks and delete")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("6 of 120 tasks are in Backlog now.")
    alert.get_by_role("button", name="Go on").click()
    board_page.settled(page, "In progress was deleted; its 120 tasks are now in Backlog.")


def test_a_cancelled_dialog_sends_nothing(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    board_page.choose(page, "In progress", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert board_page.focused(page) == "Actions for In progress"
    assert portal.writes(sandbox) == []


def test_a_dialog_that_cannot_be_filled_is_asked_for_again(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    page.route("**/delete/", lambda route: route.abort())
    board_page.choose(page, "Review", "Delete")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Board Admin cannot be reached. Try again in a moment.")
    page.unroute("**/delete/")
    alert.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("dialog")).to_contain_text("1 task: 1 open")
    expect(alert).to_be_empty()
    assert portal.writes(sandbox) == []
