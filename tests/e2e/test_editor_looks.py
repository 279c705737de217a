"""What the editor looks like in every state: to axe, to a phone, and while it loads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import accessibility, board_page
from tests.e2e.board_states import STATES, State


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


@pytest.mark.usefixtures("no_defaults")
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(page: Page, sandbox: Sandbox, state: State, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/boards/group-10/")
    state(page, sandbox)
    page.emulate_media(reduced_motion="reduce")
    accessibility.check(page)


@pytest.mark.usefixtures("sandbox")
def test_nothing_jumps_when_the_page_loads_or_a_stage_is_dropped(page: Page) -> None:
    page.add_init_script(
        """window.shift = 0;
        const add = (entries) => entries.forEach(({ value }) => (window.shift += value));
        const observer = new PerformanceObserver((list) => add(list.getEntries()));
        observer.observe({ type: "layout-shift", buffered: true });
        window.settledShift = async () => {
            const timed = ({ timeline }) => timeline === document.timeline;
            const moving = document.getAnimations().filter(timed);
            await Promise.all(moving.map(({ finished }) => finished));
            await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
            add(observer.takeRecords());
            return window.shift;
        };"""
    )
    page.goto("/boards/group-10/", wait_until="networkidle")
    board_page.choose(page, "Review", "Rename")
    page.keyboard.type("QA")
    page.keyboard.press("Enter")
    board_page.settled(page, "Review is now called QA.")
    board_page.idle(page)
    assert page.evaluate("settledShift()") < 0.01


@pytest.mark.usefixtures("sandbox")
def test_no_stage_is_in_the_document_twice_while_it_is_dragged(page: Page) -> None:
    page.goto("/boards/group-10/")
    board_page.drag(page, "Backlog", "Review", drop=False)
    ids = page.locator("[data-stage-id]").evaluate_all("items => items.map(i => i.dataset.stageId)")
    assert len(ids) == len(set(ids)) == 5
    expect(page.locator(".sortable-drag")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".sortable-drag")).to_have_count(0)
    page.mouse.up()


@pytest.mark.parametrize("way", ["Escape", "right button", "other window"])
def test_a_drag_that_is_cancelled_sends_nothing(page: Page, sandbox: Sandbox, way: str) -> None:
    page.goto("/boards/group-10/")
    before = board_page.order(page)
    board_page.drag(page, "Backlog", "Review", drop=False)
    assert board_page.order(page) != before
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "right button":
        page.mouse.down(button="right")
        page.mouse.up(button="right")
    else:
        page.evaluate("window.dispatchEvent(new Event('blur'))")
    assert board_page.order(page) == before
    page.mouse.up()
    assert board_page.order(page) == before
    # Had it been sent, it would be before the next one.
    board_page.drag(page, "Backlog", "Review")
    board_page.settled(page, "Backlog is now")
    board_page.shows_the_portal(page, sandbox, "group-10")
    assert len(portal.writes(sandbox)) == 1


# Resolves to where a strip has scrolled to once that lies in a range, or 10 s are over.
SCROLLED_INTO = """(strip, [least, most]) => new Promise((come) => {
    const until = performance.now() + 10_000;
    const look = () => {
        const at = strip.scrollLeft;
        if ((least <= at && at <= most) || performance.now() > until) come(at);
        else requestAnimationFrame(look);
    };
    look();
})"""

# Resolves to how far a strip scrolls in the twenty frames after the next two.
CREEPS = """strip => new Promise((come) => {
    let frames = 0;
    let from;
    const look = () => {
        if (frames === 2) from = strip.scrollLeft;
        if (frames++ < 22) requestAnimationFrame(look);
        else come(strip.scrollLeft - from);
    };
    look();
})"""


def test_the_strip_scrolls_under_a_drag(page: Page, sandbox: Sandbox) -> None:
    page.set_viewport_size({"width": 1024, "height": 700})
    page.goto("/boards/group-11/")
    first = board_page.titles(page)[0]
    board_page.drag(page, first, "Research", drop=False)
    strip = page.get_by_role("list", name="Stages")
    left, width = strip.evaluate("({offsetLeft, offsetWidth}) => [offsetLeft, offsetWidth]")
    page.mouse.move(left + width - 30, 150, steps=5)  # and rests there
    assert strip.evaluate(SCROLLED_INTO, [600, 9999]) >= 600
    page.mouse.move(left + 30, 150, steps=5)
    assert strip.evaluate(SCROLLED_INTO, [0, 300]) <= 300
    page.mouse.move(left + width / 2, 150, steps=5)
    assert strip.evaluate(CREEPS) == 0
    page.mouse.move(left + width - 30, 150, steps=5)
    assert strip.evaluate(SCROLLED_INTO, [600, 9999]) >= 600
    expect(board_page.stages(page).last).to_have_class(re.compile("sortable-ghost"))
    page.mouse.up()
    board_page.settled(page, f"{first} is now after")
    assert strip.evaluate("strip => strip.scrollLeft") > 300
    board_page.shows_the_portal(page, sandbox, "group-11")
