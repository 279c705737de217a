"""Moving stages with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


@pytest.fixture(params=[board_page.GROUP, board_page.PLANNER], ids=["group", "planner"])
def key(request: pytest.FixtureRequest, page: Page, sandbox: Sandbox) -> str:
    path, key = request.param
    assert portal.ids(sandbox, key)
    page.goto(path)
    return str(key)


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(text)


@pytest.mark.parametrize("press", ["Space", "Enter"])
def test_lifting_moving_and_dropping(page: Page, sandbox: Sandbox, key: str, press: str) -> None:
    before = portal.titles(sandbox, key)
    moved, count = before[1], len(before)
    asked = len(sandbox.requests)
    board_page.handle(page, moved).press(press)
    said(page, f"Picked up {moved}, position 2 of {count}.")
    page.keyboard.press("ArrowRight")
    said(page, f"{moved}, position 3 of {count}")
    page.keyboard.press("End")
    said(page, f"{moved}, position {count} of {count}")
    page.keyboard.press("Home")
    said(page, f"{moved}, position 1 of {count}. New tasks will land here")
    page.keyboard.press("4")
    said(page, f"{moved}, position 4 of {count}")
    page.keyboard.press("ArrowLeft")
    assert len(sandbox.requests) == asked
    page.keyboard.press(press)
    board_page.settled(page, f"{moved} is now after {before[2]}.")
    assert board_page.focused(page) == f"Move {moved}"
    board_page.shows_the_portal(page, sandbox, key)
    assert portal.titles(sandbox, key)[:3] == [before[0], before[2], moved]
    assert len(portal.writes(sandbox)) == 1


@pytest.mark.parametrize("press", ["Escape", "Tab"])
def test_cancelling_puts_the_stage_back(page: Page, sandbox: Sandbox, key: str, press: str) -> None:
    moved = portal.titles(sandbox, key)[2]
    asked = len(sandbox.requests)
    board_page.handle(page, moved).press("Space")
    page.keyboard.press("End")
    page.keyboard.press(press)
    said(page, f"Cancelled. {moved} is back at position 3")
    board_page.shows_the_portal(page, sandbox, key)
    assert len(sandbox.requests) == asked
    assert board_page.focused(page) == f"Move {moved}"
    page.keyboard.press("Tab")
    assert board_page.focused(page) != f"Move {moved}"


def test_a_drop_in_place_sends_nothing(page: Page, sandbox: Sandbox, key: str) -> None:
    moved = portal.titles(sandbox, key)[2]
    asked = len(sandbox.requests)
    board_page.handle(page, moved).press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    said(page, f"{moved} is where it was. Nothing changed.")
    assert len(sandbox.requests) == asked


def test_presses_with_alt_are_one_move(page: Page, sandbox: Sandbox, key: str) -> None:
    before = portal.titles(sandbox, key)
    board_page.handle(page, before[0]).focus()
    for _ in range(3):
        page.keyboard.press("Alt+ArrowRight")
    assert board_page.titles(page)[3] == before[0]
    assert portal.writes(sandbox) == []
    board_page.settled(page, f"{before[0]} is now after {before[3]}.")
    board_page.shows_the_portal(page, sandbox, key)
    assert board_page.focused(page) == f"Move {before[0]}"
    assert len(portal.writes(sandbox)) == 1


def test_a_press_with_alt_is_kept_by_whoever_goes_on(
    page: Page, sandbox: Sandbox, key: str
) -> None:
    before = portal.titles(sandbox, key)
    board_page.handle(page, before[0]).press("Alt+ArrowRight")
    page.keyboard.press("Tab")
    assert board_page.focused(page) == f"Actions for {before[0]}"
    board_page.settled(page, f"{before[0]} is now after {before[1]}.")
    board_page.shows_the_portal(page, sandbox, key)
    assert len(portal.writes(sandbox)) == 1


def test_each_step_says_where_new_tasks_will_land(page: Page, sandbox: Sandbox, key: str) -> None:
    first, second, *_ = portal.titles(sandbox, key)
    board_page.handle(page, first).press("Space")
    page.keyboard.press("ArrowRight")
    said(page, f"{first}, position 2 of")
    said(page, f"New tasks will land in {second}")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status")).not_to_contain_text("New tasks")
    page.keyboard.press("Home")
    said(page, "New tasks will land here")
    page.keyboard.press("Escape")
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize(("on", "back"), [("Down", "Up"), ("Right", "Left")])
def test_a_narrow_board_is_a_column_moved_up_and_down(
    page: Page, sandbox: Sandbox, key: str, on: str, back: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    moved = portal.titles(sandbox, key)[0]
    board_page.handle(page, moved).press("Enter")
    for way in (on, on, back):
        page.keyboard.press(f"Arrow{way}")
    page.keyboard.press("Enter")
    board_page.settled(page, f"{moved} is now after")
    board_page.shows_the_portal(page, sandbox, key)
    assert portal.titles(sandbox, key)[1] == moved
    assert board_page.focused(page) == f"Move {moved}"


def test_an_answer_waits_until_the_lifted_stage_is_dropped(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    sandbox.faults.arm("slow", seconds=0.3)
    sandbox.portal.board("group-10")[4].title = "Shipped"
    board_page.drag(page, "Backlog", "Review")
    board_page.handle(page, "Done").press("Space")
    page.keyboard.press("Home")
    said(page, "Done, position 1 of 5")
    said(page, "meanwhile: Done was renamed to Shipped")
    assert board_page.titles(page)[0] == "Done"
    sandbox.faults.clear()
    page.keyboard.press("Escape")
    expect(board_page.stages(page).last).to_contain_text("Shipped")
    board_page.shows_the_portal(page, sandbox, "group-10")


def test_a_refused_move_goes_back_and_keeps_the_focus(
    page: Page, sandbox: Sandbox, key: str
) -> None:
    moved = portal.titles(sandbox, key)[1]
    sandbox.faults.arm(
        "refused_by_code", method="task.stages.update", code="ACCESS_DENIED", status=400
    )
    board_page.handle(page, moved).press("Space")
    page.keyboard.press("End")
    page.keyboard.press("Space")
    expect(page.get_by_role("alert")).to_contain_text("does not let you do this")
    board_page.shows_the_portal(page, sandbox, key)
    assert board_page.focused(page) == f"Move {moved}"


def test_the_shortcuts_open_where_the_browser_stores_nothing(page: Page, sandbox: Sandbox) -> None:
    # So it does in a portal's frame, with third-party cookies blocked.
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', "
        "{ get() { throw new DOMException('', 'SecurityError'); } })"
    )
    assert portal.ids(sandbox, "group-10")
    page.goto("/boards/group-10/")
    page.get_by_role("button", name="Shortcuts").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1440])
def test_what_is_moved_stays_in_sight(page: Page, sandbox: Sandbox, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    with sandbox.portal.lock:
        for number in range(10):
            sandbox.portal.insert_stage(
                title=f"Further {number}",
                color="47D1E2",
                sort=1000 + number,
                system_type=None,
                entity_type="G",
                entity_id=portal.RELAUNCH,
            )
    page.goto("/boards/group-10/")
    handle = board_page.handle(page, "Review")
    handle.press("Space")
    for presses in (("End",), ("Home", "End", "Home"), ("9", "1", "9"), ("Escape",)):
        for press in presses:
            page.keyboard.press(press)
        expect(handle).to_be_in_viewport(ratio=1)
        expect(handle).to_be_focused()
    board_page.choose(page, "Review", "Move to end")
    expect(board_page.actions(page, "Review")).to_be_in_viewport(ratio=1)
    board_page.shows_the_portal(page, sandbox, "group-10")


def test_a_quick_move_is_made_before_the_page_is_left(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    board_page.handle(page, "Review").press("Alt+ArrowRight")
    with page.expect_event("dialog", lambda dialog: dialog.type == "beforeunload"):
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.evaluate("setTimeout(() => location.reload())")
    board_page.settled(page, "Review is now after Ready to ship.")
    board_page.shows_the_portal(page, sandbox, "group-10")
