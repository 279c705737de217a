from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page


@pytest.mark.parametrize(
    ("path", "key", "title", "onto"),
    [
        ("/boards/group-10/", "group-10", "Backlog", "Review"),
        ("/boards/group-10/", "group-10", "Done", "Backlog"),
        ("/boards/my-planner/", "planner-2", "Today", "Delegated"),
    ],
)
def test_a_drop_is_one_update_and_the_portal_has_the_order_of_the_page(
    page: Page, sandbox: Sandbox, path: str, key: str, title: str, onto: str
) -> None:
    page.goto(path)
    moved = portal.stage_id(sandbox, key, title)
    board_page.drag(page, title, onto)
    board_page.settled(page, f"{title} is now")
    order = portal.ids(sandbox, key)
    assert board_page.order(page) == order
    before = order.index(moved)
    assert portal.writes(sandbox) == [
        (
            "task.stages.update",
            {"id": moved, "fields": {"AFTER_ID": order[before - 1] if before else 0}},
        )
    ]
    page.reload()
    assert board_page.order(page) == order


def test_a_second_drag_works_on_the_answer_to_the_first(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    board_page.drag(page, "Backlog", "Review")
    board_page.settled(page, "Backlog is now")
    board_page.drag(page, "Done", "Review")
    board_page.settled(page, "Done is now")
    assert board_page.order(page) == portal.ids(sandbox, "group-10")
    assert len(portal.writes(sandbox)) == 2


def test_a_drop_in_place_sends_nothing(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    asked = len(sandbox.requests)
    board_page.drag(page, "Review", "Done", drop=False)
    box = board_page.stages(page).nth(2).bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + 16, steps=25)
    page.mouse.up()
    expect(board_page.stages(page).locator(".name")).to_have_text(
        ["Backlog", "In progress", "Review", "Ready to ship", "Done"]
    )
    assert len(sandbox.requests) == asked


def test_a_dropped_stage_is_shown_before_the_portal_answers(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    sandbox.faults.arm("slow", seconds=1.0)
    board_page.drag(page, "Backlog", "Review")
    assert board_page.titles(page)[:3] == ["In progress", "Review", "Backlog"]
    expect(page.locator("#news")).to_be_empty()
    board_page.settled(page, "Backlog is now after Review.")


def test_a_refused_drop_goes_back_and_says_why(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    before = board_page.order(page)
    sandbox.faults.arm(
        "refused_by_code", method="task.stages.update", code="ACCESS_DENIED", status=400
    )
    board_page.drag(page, "Backlog", "Review")
    expect(page.get_by_role("alert")).to_contain_text("does not let you do this")
    assert board_page.order(page) == before == portal.ids(sandbox, "group-10")


def test_a_drop_on_a_portal_that_is_down_goes_back_and_works_later(
    page: Page, sandbox: Sandbox
) -> None:
    page.goto("/boards/group-10/")
    before = board_page.order(page)
    sandbox.stop()
    try:
        board_page.drag(page, "Backlog", "Review")
        expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    finally:
        sandbox.start()
    assert board_page.order(page) == before
    board_page.drag(page, "Backlog", "Review")
    board_page.settled(page, "Backlog is now")
    expect(page.get_by_role("alert")).to_be_empty()
    assert board_page.order(page) == portal.ids(sandbox, "group-10")


def test_a_drop_shows_what_somebody_else_did_meanwhile(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    sandbox.portal.board("group-10")[4].title = "Shipped"
    board_page.drag(page, "Backlog", "Review")
    board_page.settled(page, "Backlog is now")
    assert board_page.titles(page)[-1] == "Shipped"
