"""Deleting a stage with tasks by plain pages, with JavaScript off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import accessibility, board_page
from tests.services import removals
from tests.services.removals import BACKLOG, CROWDED, MOVE

KEY = "group-10"
BOARD = "/boards/group-10/"
DELETE = f"{BOARD}stages/{CROWDED}/delete/"


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


@pytest.fixture
def plain(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A browser without JavaScript."""
    with browser.new_context(**browser_context_args, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture
def visible(sandbox: Sandbox) -> Sandbox:
    removals.everything_visible(sandbox)
    return sandbox


def test_without_a_script_one_button_goes_on_until_the_stage_is_gone(
    plain: Page, visible: Sandbox
) -> None:
    plain.goto(f"{BOARD}stages/{CROWDED}/")
    plain.get_by_role("link", name="Delete…").click()
    expect(plain.locator("main")).to_contain_text("120 tasks: 100 open, 20 completed.")
    expect(plain.get_by_label("Move the tasks to").locator(":checked")).to_have_text("Backlog")
    plain.get_by_label("Move the tasks to").select_option(label="Done")
    plain.get_by_role("button", name="Move 120 tasks and delete").click()
    for moved in (50, 100):
        expect(plain.locator("main")).to_contain_text(f"{moved} of 120 tasks have moved to Done.")
        plain.get_by_role("button", name="Go on").click()
    board_page.settled(plain, "In progress was deleted; its 120 tasks are now in Done.")
    assert board_page.order(plain) == portal.ids(visible, KEY)
    assert len(removals.tasks_in(visible, 5)) >= 120


def test_without_a_script_hidden_tasks_stop_it_and_the_others_go_back(
    plain: Page, sandbox: Sandbox
) -> None:
    plain.goto(DELETE)
    plain.get_by_role("button", name="Move 115 tasks and delete").click()
    plain.get_by_role("button", name="Go on").click()
    plain.get_by_role("button", name="Go on").click()
    expect(plain.get_by_role("alert")).to_contain_text("115 of 115 tasks are in Backlog now.")
    plain.get_by_role("button", name="Move those tasks back").click()
    plain.get_by_role("button", name="Go on").click()
    plain.get_by_role("button", name="Go on").click()
    board_page.settled(plain, "115 tasks are back in In progress.")
    assert removals.tasks_in(sandbox, CROWDED) == set(range(1, 121))


def test_without_a_script_a_failing_portal_leaves_a_way_on(plain: Page, visible: Sandbox) -> None:
    plain.goto(DELETE)
    plain.get_by_role("button", name="Move 120 tasks and delete").click()
    visible.faults.arm("html", method=MOVE, times=2)
    plain.get_by_role("button", name="Go on").click()
    expect(plain.get_by_role("alert")).to_contain_text("50 of 120 tasks are in Backlog now.")
    plain.get_by_role("button", name="Go on").click()
    plain.get_by_role("button", name="Go on").click()
    board_page.settled(plain, "In progress was deleted; its 120 tasks are now in Backlog.")


def test_without_a_script_a_stage_of_my_planner_goes(plain: Page, sandbox: Sandbox) -> None:
    stages = portal.ids(sandbox, "planner-2")
    plain.goto(f"/boards/my-planner/stages/{stages[1]}/delete/")
    plain.get_by_role("button", name="and delete").click()
    board_page.settled(plain, "Today was deleted; its 3 tasks are now in Not planned.")
    assert portal.ids(sandbox, "planner-2") == [stages[0], *stages[2:]]


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_the_way(page: Page, sandbox: Sandbox, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(DELETE)
    accessibility.check(page)
    page.get_by_role("button", name="Move 115 tasks and delete").click()
    page.get_by_role("button", name="Go on").wait_for()
    accessibility.check(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("100 of 115")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Move those tasks back").wait_for()
    accessibility.check(page)
    page.goto(BOARD)
    board_page.choose(page, "In progress", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").wait_for()
    accessibility.check(page)
    assert sandbox.portal.stages[BACKLOG].title == "Backlog"
