"""Plain links and forms, with JavaScript off; `test_every_way.py` makes every edit by them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import accessibility, board_page


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "java_script_enabled": False}


@pytest.fixture(params=[("group-10", "group-10"), ("my-planner", "planner-2")], ids=str)
def board(request: pytest.FixtureRequest, page: Page, sandbox: Sandbox) -> tuple[str, str]:
    """Open a board; its path and the sandbox's name for it."""
    ref, key = request.param
    page.goto("/")
    page.goto(f"/boards/{ref}/")
    assert board_page.order(page) == portal.ids(sandbox, key)
    return f"/boards/{ref}/", key


def open_stage(page: Page, title: str) -> None:
    page.get_by_role("button", name=f"Actions for {title}", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def page_shows_the_portal(page: Page, sandbox: Sandbox, key: str) -> None:
    assert board_page.order(page) == portal.ids(sandbox, key)
    assert board_page.titles(page) == portal.titles(sandbox, key)
    fills = [
        stage.locator("rect").first.get_attribute("fill") for stage in board_page.stages(page).all()
    ]
    assert fills == [f"#{stage.color}" for stage in sandbox.portal.board(key)]


@pytest.mark.parametrize("title", ["QA", "<img src=x onerror=alert(1)>", "R&D #1 100%", "看板 🚀"])
def test_rename(page: Page, sandbox: Sandbox, board: tuple[str, str], title: str) -> None:
    old = portal.titles(sandbox, board[1])[2]
    open_stage(page, old)
    page.get_by_label("Stage title").fill(title)
    page.get_by_role("button", name="Save").click()
    board_page.settled(page, f"{old} is now called {title}.")
    assert portal.titles(sandbox, board[1])[2] == title
    page_shows_the_portal(page, sandbox, board[1])


@pytest.mark.usefixtures("board")
def test_nothing_looks_alive_that_needs_a_script(page: Page) -> None:
    assert page.locator(".scripted button").count()
    for button in page.locator(".scripted button").all():
        expect(button).to_be_hidden()


def test_add_then_delete(page: Page, sandbox: Sandbox, board: tuple[str, str]) -> None:
    page.get_by_role("button", name="Add stage").click()
    page.get_by_label("Stage title").fill("Triage")
    page.get_by_role("button", name="Add stage").click()
    board_page.settled(page, "Triage was added")
    assert portal.titles(sandbox, board[1])[-1] == "Triage"
    page_shows_the_portal(page, sandbox, board[1])

    open_stage(page, "Triage")
    page.get_by_role("link", name="Delete…").click()
    page.get_by_role("button", name="Delete stage").click()
    board_page.settled(page, "Triage was deleted.")
    assert "Triage" not in portal.titles(sandbox, board[1])
    page_shows_the_portal(page, sandbox, board[1])


def test_a_wrong_title_comes_back_with_the_reason(
    page: Page, sandbox: Sandbox, board: tuple[str, str]
) -> None:
    open_stage(page, portal.titles(sandbox, board[1])[1])
    page.get_by_label("Stage title").fill("x" * 256)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("this one has 256")
    assert page.get_by_label("Stage title").input_value() == "x" * 256
    assert portal.writes(sandbox) == []


def test_trying_again_after_a_failure_needs_no_typing(
    page: Page, sandbox: Sandbox, board: tuple[str, str]
) -> None:
    open_stage(page, portal.titles(sandbox, board[1])[1])
    sandbox.faults.arm("html", method="task.stages.update", times=2)
    page.get_by_label("Stage title").fill("Typed once")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Try again").click()
    board_page.settled(page, "is now called Typed once.")
    assert portal.titles(sandbox, board[1])[1] == "Typed once"


def test_searching_boards(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search boards").fill("relaunch")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Website relaunch")).to_be_visible()
    expect(page.get_by_role("link", name="Office move")).to_have_count(0)


def test_an_edit_is_undone_and_done_again(
    page: Page, sandbox: Sandbox, board: tuple[str, str]
) -> None:
    before = portal.as_stored(sandbox, board[1])
    title = before[2][1]
    open_stage(page, title)
    page.get_by_label("Stage title").fill("Once more")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name=f"Undo: renaming of {title}").click()
    board_page.settled(page, f"Undo: Once more is now called {title}.")
    page_shows_the_portal(page, sandbox, board[1])
    assert portal.as_stored(sandbox, board[1]) == before
    page.get_by_role("button", name=f"Redo: renaming of {title}").click()
    board_page.settled(page, f"Redo: {title} is now called Once more.")
    page_shows_the_portal(page, sandbox, board[1])
    assert portal.titles(sandbox, board[1])[2] == "Once more"


def test_an_undo_tells_what_others_did(
    page: Page, sandbox: Sandbox, board: tuple[str, str]
) -> None:
    before = portal.titles(sandbox, board[1])
    open_stage(page, before[2])
    page.get_by_label("Stage title").fill("Once more " * 20)
    page.get_by_role("button", name="Save").click()
    for width in (390, 700, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        accessibility.fits(page)
    sandbox.portal.board(board[1])[-1].title = "Shipped"
    page.get_by_role("button", name=f"Undo: renaming of {before[2]}").click()
    board_page.settled(page, f"{before[-1]} was renamed to Shipped")
    assert portal.titles(sandbox, board[1]) == [*before[:-1], "Shipped"]


def test_an_edit_is_undone_from_the_history(
    page: Page, sandbox: Sandbox, board: tuple[str, str]
) -> None:
    before = portal.as_stored(sandbox, board[1])
    open_stage(page, before[2][1])
    page.get_by_label("Stage title").fill("QA")
    page.get_by_role("button", name="Save").click()
    board_page.settled(page, "is now called QA.")
    page.get_by_text("History of this board", exact=True).click()
    page.get_by_role("link", name="Whole history of this board").click()
    newest = page.get_by_role("listitem").filter(has_text="QA").first  # others left some behind
    newest.get_by_role("button", name="Undo").click()
    board_page.settled(page, f"QA is now called {before[2][1]}.")
    assert portal.as_stored(sandbox, board[1]) == before
    page.goto(board[0])
    page_shows_the_portal(page, sandbox, board[1])
