"""Every edit through the menu, with undo and redo of each, and where the focus is after it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from stages.domain import color, swatches
from tests import portal
from tests.e2e import board_page

MOVES = [
    ("Move left", 2, 1),
    ("Move right", 2, 3),
    ("Move to start", 2, 0),
    ("Move to end", 0, -1),
]


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


@pytest.fixture(params=[board_page.GROUP, board_page.PLANNER], ids=["group", "planner"])
def key(request: pytest.FixtureRequest, page: Page, sandbox: Sandbox) -> str:
    path, key = request.param
    assert portal.ids(sandbox, key)
    page.goto(path)
    return str(key)


def undo_and_redo(page: Page, sandbox: Sandbox, key: str, before: list[tuple[str, str]]) -> None:
    """Undo by the message, redo by the keys, undo by the button: ids may differ, nothing else."""
    after = looks(sandbox, key)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").get_by_role("button", name="Redo")).to_be_visible()
    board_page.shows_the_portal(page, sandbox, key)
    assert looks(sandbox, key) == before
    page.keyboard.press("Control+Shift+z")
    expect(page.get_by_role("status").get_by_role("button", name="Undo")).to_be_visible()
    board_page.shows_the_portal(page, sandbox, key)
    assert looks(sandbox, key) == after
    page.get_by_role("button", name="Undo: ").click()
    expect(page.get_by_role("status").get_by_role("button", name="Redo")).to_be_visible()
    board_page.shows_the_portal(page, sandbox, key)
    assert looks(sandbox, key) == before


def looks(sandbox: Sandbox, key: str) -> list[tuple[str, str]]:
    return [(stage.title, stage.color) for stage in sandbox.portal.board(key)]


@pytest.mark.parametrize(("entry", "at", "to"), MOVES)
def test_moves(page: Page, sandbox: Sandbox, key: str, entry: str, at: int, to: int) -> None:
    before = looks(sandbox, key)
    title = before[at][0]
    board_page.choose(page, title, entry)
    assert board_page.titles(page)[to] == title
    board_page.settled(page, f"{title} is now")
    assert board_page.focused(page) == f"Actions for {title}"
    board_page.shows_the_portal(page, sandbox, key)
    assert portal.titles(sandbox, key)[to] == title
    undo_and_redo(page, sandbox, key, before)


def test_move_to_position(page: Page, sandbox: Sandbox, key: str) -> None:
    title, second, third = portal.titles(sandbox, key)[:3]
    board_page.choose(page, title, "Move to position…")
    dialog = page.get_by_role("dialog", name=f"Move {title}")
    dialog.get_by_label("Position").fill("3")
    expect(dialog.get_by_label("After which stage").locator(":checked")).to_have_text(
        f"After {third}"
    )
    dialog.get_by_label("After which stage").select_option(f"After {second}")
    expect(dialog.get_by_label("Position")).to_have_value("2")
    page.keyboard.press("Escape")
    assert board_page.focused(page) == f"Actions for {title}"
    assert portal.writes(sandbox) == []
    board_page.choose(page, title, "Move to position…")
    dialog.get_by_label("Position").fill("3")
    page.keyboard.press("Enter")
    board_page.settled(page, f"{title} is now after {third}.")
    board_page.shows_the_portal(page, sandbox, key)
    assert portal.titles(sandbox, key)[2] == title


def test_rename(page: Page, sandbox: Sandbox, key: str) -> None:
    before = looks(sandbox, key)
    title = before[1][0]
    board_page.choose(page, title, "Rename")
    field = page.get_by_label("Stage title")
    expect(field).to_be_focused()
    field.fill("  QA <b> 🚀 ")
    field.press("Enter")
    assert board_page.titles(page)[1] == "QA <b> 🚀"
    board_page.settled(page, f"{title} is now called QA <b> 🚀.")
    assert board_page.focused(page) == "Actions for QA <b> 🚀"
    board_page.shows_the_portal(page, sandbox, key)
    undo_and_redo(page, sandbox, key, before)


def test_change_colour(page: Page, sandbox: Sandbox, key: str) -> None:
    before = looks(sandbox, key)
    title = before[1][0]
    board_page.choose(page, title, "Change colour")
    popover = page.get_by_role("dialog", name=f"Colour of {title}")
    offered = popover.get_by_role("gridcell")
    assert [cell.get_attribute("value") for cell in offered.all()] == list(map(str, color.DEFAULTS))
    popover.get_by_role("gridcell", name="#1EAE43").click()
    board_page.settled(page, "#1EAE43")
    assert board_page.focused(page) == f"Actions for {title}"
    board_page.shows_the_portal(page, sandbox, key)
    assert looks(sandbox, key)[1] == (title, "1EAE43")
    undo_and_redo(page, sandbox, key, before)


def test_what_is_no_colour_is_said_beside_the_field(page: Page, sandbox: Sandbox, key: str) -> None:
    title = looks(sandbox, key)[1][0]
    board_page.choose(page, title, "Change colour")
    popover = page.get_by_role("dialog", name=f"Colour of {title}")
    field = popover.get_by_label("Other colour")
    field.fill("#12")
    field.press("Enter")
    told = "A colour is six hex digits, such as #00C4FB."
    expect(field).to_have_accessible_description(told)
    expect(popover.get_by_text(told)).to_be_visible()
    field.fill("#123456")
    expect(popover.get_by_text(told)).to_be_hidden()
    assert portal.writes(sandbox) == []


def test_more_colours_and_hex_with_the_keys(page: Page, sandbox: Sandbox, key: str) -> None:
    title, stored = looks(sandbox, key)[1]
    board_page.choose(page, title, "Change colour")
    popover = page.get_by_role("dialog", name=f"Colour of {title}")
    popover.get_by_role("button", name="More colours").press("Enter")
    grid = popover.get_by_role("grid", name="More colours")
    expect(grid.get_by_role("gridcell")).to_have_count(sum(map(len, swatches.ROWS)))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    wanted = str(swatches.ROWS[1][1])
    expect(popover.get_by_label("Other colour")).to_have_value(f"#{wanted}")
    page.keyboard.press("Escape")
    expect(popover).to_be_hidden()
    assert board_page.as_shown(page)[1][2] == stored
    assert portal.writes(sandbox) == []
    assert board_page.focused(page) == f"Actions for {title}"

    board_page.choose(page, title, "Change colour")
    popover.get_by_label("Other colour").fill("#123abc")
    expect(popover).to_contain_text("White text, contrast")
    page.keyboard.press("Enter")
    board_page.settled(page, "#123ABC")
    expect(page.get_by_role("menu")).to_be_hidden()
    assert board_page.focused(page) == f"Actions for {title}"
    board_page.shows_the_portal(page, sandbox, key)


def test_more_colours_of_the_last_stage_are_in_sight(
    page: Page, sandbox: Sandbox, key: str
) -> None:
    title = looks(sandbox, key)[-1][0]
    board_page.choose(page, title, "Change colour")
    popover = page.get_by_role("dialog", name=f"Colour of {title}")
    popover.get_by_role("button", name="More colours").click()
    expect(popover.get_by_role("grid", name="More colours")).to_be_visible()
    expect(popover).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("entry", "place"), [("Add stage before", 1), ("Add stage after", 2)])
def test_add_beside(page: Page, sandbox: Sandbox, key: str, entry: str, place: int) -> None:
    before = looks(sandbox, key)
    board_page.choose(page, before[1][0], entry)
    field = page.get_by_label("Stage title")
    expect(field).to_be_focused()
    field.fill("Triage")
    field.press("Enter")
    assert board_page.titles(page)[place] == "Triage"
    board_page.settled(page, "Triage was added")
    assert board_page.focused(page) == "Actions for Triage"
    board_page.shows_the_portal(page, sandbox, key)
    assert portal.titles(sandbox, key)[place] == "Triage"
    undo_and_redo(page, sandbox, key, before)


def test_add_at_the_end_or_not_at_all(page: Page, sandbox: Sandbox, key: str) -> None:
    page.get_by_role("button", name="Add stage", exact=True).click()
    page.keyboard.type("Nothing")
    page.keyboard.press("Escape")
    assert board_page.focused(page) == "Add stage"
    assert portal.writes(sandbox) == []
    page.keyboard.press("Enter")
    page.keyboard.type("Archive")
    page.keyboard.press("Enter")
    board_page.settled(page, "Archive was added")
    board_page.shows_the_portal(page, sandbox, key)
    assert portal.titles(sandbox, key)[-1] == "Archive"
    [(_, sent)] = portal.writes(sandbox)
    assert sent["fields"]["COLOR"] in map(str, color.DEFAULTS)


def test_delete(page: Page, sandbox: Sandbox, key: str) -> None:
    page.get_by_role("button", name="Add stage", exact=True).click()
    page.keyboard.type("Short-lived")
    page.keyboard.press("Enter")
    board_page.settled(page, "Short-lived was added")
    before = looks(sandbox, key)
    board_page.choose(page, "Short-lived", "Delete")
    dialog = page.get_by_role("dialog", name="Delete Short-lived")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert board_page.focused(page) == "Actions for Short-lived"
    board_page.choose(page, "Short-lived", "Delete")
    dialog.get_by_role("button", name="Delete").click()
    board_page.settled(page, "Short-lived was deleted.")
    board_page.shows_the_portal(page, sandbox, key)
    assert board_page.focused(page) == f"Actions for {before[-2][0]}"
    undo_and_redo(page, sandbox, key, before)


def test_what_cannot_apply_stays_and_says_why(page: Page, sandbox: Sandbox, key: str) -> None:
    titles = portal.titles(sandbox, key)
    board_page.actions(page, titles[0]).click()
    expect(page.get_by_role("menu")).to_have_attribute("aria-label", f"Actions for {titles[0]}")
    assert len(page.get_by_role("menuitem").all()) == 10
    for name, reason in [
        ("Move left", "It is already first."),
        ("Move to start", "It is already first."),
        ("Delete", "New tasks land here"),
    ]:
        entry = page.get_by_role("menuitem", name=name, exact=True)
        expect(entry).to_be_disabled()
        expect(entry).to_contain_text(reason)
        expect(entry).to_have_accessible_description(entry.locator("small").inner_text())
        entry.click(force=True)
        expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    board_page.actions(page, titles[-1]).click()
    expect(page.get_by_role("menuitem", name="Move right", exact=True)).to_be_disabled()
    expect(page.get_by_role("menuitem", name="Delete", exact=True)).to_be_enabled()
    assert portal.writes(sandbox) == []


def test_a_default_stage_is_kept_until_it_is_made_an_ordinary_one(
    page: Page, sandbox: Sandbox
) -> None:
    page.goto(f"/boards/group-{portal.SUPPORT}/")
    stage = board_page.stages(page).nth(1)
    hint = stage.get_by_text("For work in progress")
    expect(hint).to_have_attribute("title", re.compile("WORK"))
    stage.get_by_role("button", name="Actions for").click()
    entry = page.get_by_role("menuitem", name="Delete", exact=True)
    expect(entry).to_be_disabled()
    expect(entry).to_contain_text("Another title or colour makes this one an ordinary stage.")
    page.get_by_role("menuitem", name="Change colour", exact=True).click()
    page.get_by_role("gridcell", name="#FF5752").click()
    board_page.shows_the_portal(page, sandbox, f"group-{portal.SUPPORT}")
    expect(hint).to_have_count(0)
    stage.get_by_role("button", name="Actions for").click()
    expect(entry).to_be_enabled()


def test_the_menu_by_keys(page: Page, sandbox: Sandbox, key: str) -> None:
    title = portal.titles(sandbox, key)[1]
    button = board_page.actions(page, title)
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    walk = [("ArrowDown", "Change colour"), ("End", "Delete"), ("ArrowDown", "Rename")]
    walk += [("ArrowUp", "Delete"), ("Home", "Rename"), ("m", "Move left"), ("m", "Move right")]
    for press, name in walk:
        page.keyboard.press(press)
        assert board_page.focused(page) == name
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    assert board_page.focused(page) == f"Actions for {title}"
    button.click()
    button.click()
    expect(page.get_by_role("menu")).to_be_hidden()
    button.press("ArrowUp")
    assert board_page.focused(page) == "Delete"
