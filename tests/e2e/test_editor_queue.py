"""Edits that overtake each other, are refused, or meet a server that has gone."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


@pytest.mark.parametrize("path", [board_page.GROUP, board_page.PLANNER], ids=["group", "planner"])
def test_a_second_drag_before_the_first_answer(
    page: Page, sandbox: Sandbox, path: tuple[str, str]
) -> None:
    page.goto(path[0])
    first, second, third, *_ = portal.titles(sandbox, path[1])
    sandbox.faults.arm("slow", seconds=1.5)
    board_page.drag(page, first, third)
    board_page.drag(page, second, third, by="title")
    assert board_page.titles(page)[:3] == [third, second, first]
    expect(page.locator("save-state")).to_contain_text("2 edits to go")
    expect(board_page.stage(page, second)).to_have_class("stage pending")
    expect(board_page.stage(page, third)).to_have_class("stage")
    sandbox.faults.clear()
    board_page.settled(page, f"{second} is now after {third}.")
    board_page.shows_the_portal(page, sandbox, path[1])
    assert len(portal.writes(sandbox)) == 2


def test_a_stage_still_being_added_can_be_moved_and_renamed(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    sandbox.faults.arm("slow", seconds=0.2)
    page.get_by_role("button", name="Add stage", exact=True).click()
    page.keyboard.type("Triage")
    page.keyboard.press("Enter")
    board_page.choose(page, "Triage", "Move to start")
    board_page.actions(page, "Triage").click()
    expect(page.get_by_role("menuitem", name="Delete", exact=True)).to_be_disabled()
    page.keyboard.press("Escape")
    page.keyboard.press("F2")
    page.keyboard.type("Sorting")
    page.keyboard.press("Enter")
    board_page.choose(page, "Sorting", "Add stage after")
    page.keyboard.type("Next")
    page.keyboard.press("Enter")
    board_page.settled(page, "Next was added after Sorting.")
    sandbox.faults.clear()
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert portal.titles(sandbox, "group-10")[:3] == ["Sorting", "Next", "Backlog"]
    for _ in range(4):
        page.keyboard.press("Control+z")
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert portal.titles(sandbox, "group-10") == [
        "Backlog", "In progress", "Review", "Ready to ship", "Done",
    ]  # fmt: skip


def test_an_undo_waits_for_the_edit_it_undoes(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    before = board_page.order(page)
    sandbox.faults.arm("slow", seconds=0.2)
    board_page.choose(page, "Review", "Move to start")
    page.keyboard.press("Control+z")
    expect(page.get_by_role("status").get_by_role("button", name="Redo")).to_be_visible()
    sandbox.faults.clear()
    assert board_page.order(page) == before
    board_page.shows_the_portal(page, sandbox, "group-10")


def test_a_refusal_does_not_take_later_edits_with_it(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    sandbox.faults.arm("slow", seconds=0.2)
    sandbox.faults.arm(
        "refused_by_code", method="task.stages.update", code="ACCESS_DENIED", status=400
    )
    board_page.choose(page, "Review", "Move to start")
    board_page.choose(page, "Done", "Move left")
    expect(page.get_by_role("alert")).to_contain_text("Not saved: move of Review.")
    board_page.settled(page, "Done is now after In progress.")
    sandbox.faults.clear()
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert portal.titles(sandbox, "group-10")[0] == "Backlog"


def test_a_lost_server_keeps_the_edits_for_another_try(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    before = board_page.order(page)
    page.route("**/move/", lambda route: route.abort())
    board_page.choose(page, "Review", "Move to start")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Not saved: move of Review. Board Admin cannot be reached.")
    assert board_page.order(page) == before
    assert board_page.focused(page) == "Actions for Review"
    page.unroute("**/move/")
    alert.get_by_role("button", name="Try again").click()
    board_page.settled(page, "Review is now at the start.")
    expect(alert).to_be_empty()
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert len(portal.writes(sandbox)) == 1


def test_what_is_discarded_does_not_come_back(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    page.route("**/stages/**", lambda route: route.abort())
    board_page.choose(page, "Review", "Move to start")
    page.get_by_role("alert").get_by_role("button", name="Discard").click()
    board_page.shows_the_portal(page, sandbox, "group-10")
    board_page.choose(page, "Done", "Move to start")
    expect(page.get_by_role("alert")).not_to_contain_text("later edit")
    page.unroute("**/stages/**")
    page.get_by_role("alert").get_by_role("button", name="Try again").click()
    board_page.settled(page, "Done is now at the start.")
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert len(portal.writes(sandbox)) == 1


def test_a_signed_out_person_is_told(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    page.context.clear_cookies()
    board_page.choose(page, "Review", "Move to start")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("too long")
    board_page.shows_the_portal(page, sandbox, "group-10")
    alert.get_by_role("button", name="Close").click()
    expect(alert).to_be_empty()
    board_page.choose(page, "Review", "Move to start")
    with page.expect_navigation():
        alert.get_by_role("link", name="Open the page again").click()
    board_page.choose(page, "Review", "Move to start")
    board_page.settled(page, "Review is now at the start.")


def test_an_open_field_outlives_answers_and_refusals(page: Page, sandbox: Sandbox) -> None:
    page.goto("/boards/group-10/")
    sandbox.faults.arm("slow", seconds=0.2)
    board_page.choose(page, "Review", "Move to start")
    board_page.choose(page, "Done", "Rename")
    page.keyboard.type("Shipp")
    board_page.settled(page, "Review is now at the start.")
    page.keyboard.type("ed")
    expect(page.get_by_label("Stage title")).to_have_value("Shipped")
    page.keyboard.press("Enter")
    board_page.settled(page, "Done is now called Shipped.")
    sandbox.faults.clear()
    board_page.shows_the_portal(page, sandbox, "group-10")


# Counts the edits a person makes and those posted, and holds each answer back for up to two
# seconds: one in 15 for more than one, and on average for 0.2, since the edits of one board go
# one after another. `written` are those that changed something, which a move past a stage that is
# being deleted does not.
_LATE_ANSWERS = """
    window.edits = 0;
    window.posted = 0;
    window.written = 0;
    window.underWay = 0;
    window.most = 0;
    const send = window.fetch;
    window.fetch = async (address, options) => {
        if (options.method !== "POST") return send(address, options);
        window.posted++;
        window.most = Math.max(window.most, ++window.underWay);
        const answer = await send(address, options);
        await new Promise((resolve) => setTimeout(resolve, 2000 * Math.random() ** 10));
        window.written += Boolean(JSON.parse(answer.headers.get("Board-Edit") ?? "{}").undo);
        window.underWay--;
        return answer;
    };
    window.addEventListener("edit", () => window.edits++, true);
"""


def test_two_hundred_edits_as_fast_as_the_page_takes_them(page: Page, sandbox: Sandbox) -> None:
    chance = random.Random(20)
    path, key = board_page.GROUP
    page.add_init_script(_LATE_ANSWERS)
    page.goto(path)
    edits: list[Callable[[int], None]] = [
        lambda _number: drag_any(page, chance),
        lambda _number: press_any(page, chance),
        lambda _number: choose_any(page, chance, "Move to start"),
        lambda _number: choose_any(page, chance, "Move to end"),
        lambda number: rename_any(page, chance, f"Name {number}"),
        lambda _number: recolour_any(page, chance),
        lambda number: add_any(page, chance, f"New {number}"),
        lambda number: add_any(page, chance, f"New {number}"),
        lambda _number: delete_any(page, chance),
        lambda _number: delete_any(page, chance),
    ]
    for number in range(400):  # of a few nothing comes, such as a move to where a stage is
        if page.evaluate("window.edits") == 200:
            break
        chance.choice(edits)(number)
    seen = staying(page)
    board_page.shows_the_portal(page, sandbox, key)
    expect(page.get_by_role("alert")).to_be_empty()
    assert board_page.titles(page) == seen
    assert page.evaluate("window.posted") == page.evaluate("window.edits") == 200
    assert page.evaluate("window.most") == 1
    assert len(portal.writes(sandbox)) == page.evaluate("window.written") > 180


def staying(page: Page) -> list[str]:
    """The titles of all stages but those being deleted, for which nothing is offered."""
    return page.locator(".stages > .stage:not(.going) .name").all_text_contents()


def any_title(page: Page, chance: random.Random) -> str:
    return chance.choice(staying(page))


def drag_any(page: Page, chance: random.Random) -> None:
    one, other = chance.sample(staying(page), 2)
    board_page.drag(page, one, other)


def press_any(page: Page, chance: random.Random) -> None:
    board_page.handle(page, any_title(page, chance)).press("Alt+ArrowRight")
    page.keyboard.press("Tab")


def choose_any(page: Page, chance: random.Random, entry: str) -> None:
    board_page.actions(page, any_title(page, chance)).click()
    page.get_by_role("menuitem", name=entry, exact=True).click(force=True)
    page.keyboard.press("Escape")


def rename_any(page: Page, chance: random.Random, title: str) -> None:
    board_page.handle(page, any_title(page, chance)).press("F2")
    page.keyboard.type(title)
    page.keyboard.press("Enter")


def recolour_any(page: Page, chance: random.Random) -> None:
    board_page.choose(page, any_title(page, chance), "Change colour")
    page.get_by_role("gridcell").nth(chance.randrange(7)).click()


def add_any(page: Page, chance: random.Random, title: str) -> None:
    """Add a stage somewhere, while the board still fits the window."""
    if len(board_page.titles(page)) < 7:
        board_page.choose(page, any_title(page, chance), "Add stage after")
        page.keyboard.type(title)
        page.keyboard.press("Enter")


def delete_any(page: Page, chance: random.Random) -> None:
    """Delete a stage that holds no task, once the portal has it."""
    stored = page.locator(".stage[data-stage-id]:not(.going):not(:first-child)")
    empty = stored.filter(has=page.get_by_text(re.compile("^(New|0 tasks)$")))
    if titles := empty.locator(".name").all_text_contents():
        board_page.choose(page, chance.choice(titles), "Delete")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Delete stage").or_(dialog.get_by_text("Close")).click()
