"""Fingers: dragging by the handle after a hold, scrolling elsewhere, and a phone's buttons."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page, finger
from tests.e2e.finger import Finger

BOARDS = pytest.mark.parametrize(
    "path", [board_page.GROUP, board_page.PLANNER], ids=["group", "planner"]
)


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, **finger.PHONE}


@BOARDS
def test_a_held_handle_drags(page: Page, sandbox: Sandbox, path: tuple[str, str]) -> None:
    page.goto(path[0])
    first, second, third, *_ = portal.titles(sandbox, path[1])
    hand = Finger(page)
    hand.drag(board_page.handle(page, first), board_page.handle(page, third), hold=350)
    assert board_page.titles(page)[:3] == [second, third, first]
    board_page.settled(page, f"{first} is now after {third}.")
    board_page.shows_the_portal(page, sandbox, path[1])
    assert len(portal.writes(sandbox)) == 1


def test_a_finger_at_the_edge_scrolls_the_page_under_the_stage(
    page: Page, sandbox: Sandbox
) -> None:
    page.goto("/boards/group-11/")
    first, second, *_, last = board_page.titles(page)
    hand = Finger(page)
    start, end = board_page.handle(page, first), board_page.handle(page, second)
    hand.drag(start, end, hold=350, lift=False)
    hand.slide(40, 790)  # and rests there
    expect(board_page.stages(page).last).to_have_attribute(
        "data-stage-id", str(portal.stage_id(sandbox, "group-11", first))
    )
    hand.lift()
    board_page.settled(page, f"{first} is now after {last}.")
    board_page.shows_the_portal(page, sandbox, "group-11")


def test_a_lost_touch_puts_the_stage_back(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    asked = len(sandbox.requests)
    hand = Finger(page)
    start, end = board_page.handle(page, "Backlog"), board_page.handle(page, "Review")
    hand.drag(start, end, hold=350, lift=False)
    assert board_page.titles(page)[2] == "Backlog"
    hand.cancel()
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert len(sandbox.requests) == asked


@pytest.mark.parametrize(("by", "hold"), [(".handle", 50), (".name", 400)])
def test_anything_else_moves_nothing(page: Page, sandbox: Sandbox, by: str, hold: int) -> None:
    page.goto("/boards/group-10/")
    asked = len(sandbox.requests)
    hand = Finger(page)
    end = board_page.handle(page, "Review")
    hand.drag(board_page.stage(page, "Backlog").locator(by), end, hold=hold)
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert len(sandbox.requests) == asked


@BOARDS
def test_arrow_buttons(page: Page, sandbox: Sandbox, path: tuple[str, str]) -> None:
    page.goto(path[0])
    first, second, *_ = portal.titles(sandbox, path[1])
    page.get_by_role("button", name=f"Move {first} down").tap()
    board_page.settled(page, f"{first} is now after {second}.")
    assert board_page.focused(page) == f"Move {first} down"
    expect(page.get_by_role("button", name=f"Move {second} up")).to_be_disabled()
    page.get_by_role("button", name=f"Move {first} up").tap()
    board_page.settled(page, f"{first} is now at the start.")
    board_page.shows_the_portal(page, sandbox, path[1])


def test_the_menu_is_a_sheet_and_everything_is_large_enough(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    for button in page.get_by_role("main").get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert (box["width"], box["height"]) >= (44, 44), button
        assert box["height"] >= 44, button
    board_page.actions(page, "Review").tap()
    box = page.get_by_role("menu").bounding_box()
    assert box
    assert box["x"] == 0
    assert round(box["width"]) == 390
    assert round(box["y"] + box["height"]) == 800
    page.get_by_role("menuitem", name="Move to position…").tap()
    page.get_by_label("After which stage").select_option("At the start")
    page.get_by_role("button", name="Move", exact=True).tap()
    board_page.settled(page, "Review is now at the start.")
    board_page.shows_the_portal(page, sandbox, "group-10")


def test_colours_are_large_enough_for_a_finger(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    board_page.choose(page, "Review", "Change colour")
    page.get_by_role("button", name="More colours").tap()
    colours = page.get_by_role("gridcell")
    expect(colours).to_have_count(119)
    sizes = colours.evaluate_all("cells => cells.map(c => [c.offsetWidth, c.offsetHeight])")
    assert all(width >= 44 and height >= 44 for width, height in sizes)
    last = page.get_by_role("grid", name="More colours").get_by_role("gridcell").last
    last.tap()
    board_page.settled(page, "Review has its new colour")
    board_page.shows_the_portal(page, sandbox, "group-10")
