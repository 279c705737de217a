"""Deleting a stage with tasks from its menu, as far as the page is concerned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page


@pytest.fixture(scope="module")
def site(running_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("installation")
    with board_page.unhurried(folder, running_sandbox.webhook("lead")) as address:
        yield address


def test_a_stage_with_tasks_goes_and_comes_back(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    before = portal.titles(sandbox, "group-10")
    board_page.choose(page, "Review", "Delete")
    dialog = page.get_by_role("dialog", name="Delete Review")
    expect(dialog.get_by_label("Move the tasks to").locator(":checked")).to_have_text("In progress")
    dialog.get_by_role("button", name="Move 1 task and delete").click()
    expect(page.locator(".stage.going")).to_contain_text("Review")
    expect(page.locator(".stage.going")).to_have_count(0, timeout=20_000)
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert portal.titles(sandbox, "group-10") == [title for title in before if title != "Review"]
    assert board_page.focused(page) == "Actions for Ready to ship"
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").get_by_role("button", name="Redo")).to_be_visible()
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert portal.titles(sandbox, "group-10") == before
    expect(board_page.stage(page, "Review")).to_contain_text("1 task")


def test_cancelling_sends_nothing_and_returns_the_focus(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    board_page.choose(page, "Review", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert board_page.focused(page) == "Actions for Review"
    assert portal.writes(sandbox) == []


def test_many_tasks_move_with_progress(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    sandbox.faults.arm("slow", seconds=0.15)
    board_page.choose(page, "In progress", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="and delete").click()
    going = page.locator(".stage.going")
    expect(going).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Moving tasks", timeout=20_000)
    sandbox.faults.clear()
    expect(page.locator("save-state:not([busy])")).to_be_visible(timeout=60_000)
    board_page.shows_the_portal(page, sandbox, "group-10")


def test_a_deletion_that_stops_offers_to_move_the_tasks_back(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    board_page.choose(page, "In progress", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="and delete").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("hidden from you", timeout=20_000)
    board_page.shows_the_portal(page, sandbox, "group-10")
    expect(board_page.stage(page, "In progress")).to_contain_text("0 tasks")
    alert.get_by_role("button", name="Move those tasks back").click()
    expect(board_page.stage(page, "In progress")).to_contain_text("115 tasks", timeout=20_000)
    expect(alert).to_be_empty()
    board_page.shows_the_portal(page, sandbox, "group-10")
