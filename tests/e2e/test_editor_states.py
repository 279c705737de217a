"""Where the page waits, who may do what, and where the focus is: what people notice first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from sandbox.server import Sandbox
from stages.domain import color, swatches
from tests import portal
from tests.e2e import accessibility, board_page

BOARD, KEY = board_page.GROUP
UPDATE = "task.stages.update"


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


@pytest.fixture(autouse=True)
def awake(page: Page, sandbox: Sandbox) -> None:
    """The portal rests no more, though an earlier test may have got no answer several times."""
    page.goto(f"{BOARD}?probe=1")
    sandbox.clear_requests()


# Playwright looks at a page again when the next one is there, so the page has to note by itself
# what it showed meanwhile, and press its own buttons.
_OPEN = """const opening = document.querySelector("page-opening");
    const link = document.querySelector("a[href$='/boards/group-10/']");
    setTimeout(() => link.click());
    const watch = (look) => new MutationObserver(look)
        .observe(opening, { attributes: true, childList: true, subtree: true });"""
_OPEN_AND_NOTE = f"""() => {{
    {_OPEN}
    const notes = sessionStorage;
    watch(() => (notes.shown = `${{notes.shown ?? ""}} ${{opening.innerText}}`));
}}"""
_OPEN_AND_CANCEL = f"""() => {{
    {_OPEN}
    return new Promise((cancelled) => watch(() => {{
        const buttons = [...opening.querySelectorAll("button")];
        const cancel = buttons.find((one) => one.textContent === "Cancel");
        if (cancel) {{
            cancel.click();
            cancelled();
        }}
    }}));
}}"""


def test_a_board_that_opens_slowly_shows_its_outline(page: Page, sandbox: Sandbox) -> None:
    page.goto("/")
    sandbox.faults.arm("slow", seconds=1.2)
    page.evaluate(_OPEN_AND_NOTE)
    expect(board_page.stages(page)).to_have_count(5, timeout=20_000)
    shown = page.evaluate("sessionStorage.shown")
    assert "Website relaunch" in shown
    assert "Loading stages…" in shown
    assert "The portal is answering slowly…" in shown


def test_a_board_that_does_not_open_lets_the_old_page_come_back(
    page: Page, sandbox: Sandbox
) -> None:
    page.goto("/")
    sandbox.faults.arm("slow", seconds=6)
    page.evaluate(_OPEN_AND_CANCEL)
    expect(page.get_by_role("heading", name="Boards", level=1)).to_be_visible()
    expect(page).to_have_url("/")


def test_an_answer_that_takes_long_can_be_given_up(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    page.clock.install()
    sandbox.faults.arm("slow", seconds=1, method=UPDATE)
    board_page.choose(page, "Review", "Move to start")
    state = page.locator("save-state")
    expect(state).to_have_text("Saving…")
    page.clock.run_for(2_100)
    expect(state).to_have_text("The portal is answering slowly…")
    page.clock.run_for(8_000)
    page.get_by_role("button", name="Cancel").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Not known to be saved: move of Review.")
    sandbox.faults.clear()
    alert.get_by_role("button", name="Try again").click()
    board_page.idle(page)
    expect(alert).to_be_empty()
    board_page.shows_the_portal(page, sandbox, KEY)
    assert portal.titles(sandbox, KEY)[0] == "Review"


def test_an_answer_that_takes_long_can_be_asked_for_again(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    page.clock.install()
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        # Without any route left the browser would let go of what it holds.
        if held:
            route.continue_()
        held.append(route)

    page.route("**/move/", hold_the_first)
    board_page.choose(page, "Review", "Move to start")
    page.clock.run_for(10_100)
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    board_page.idle(page)
    expect(page.locator("#news")).not_to_contain_text("elsewhere")
    board_page.shows_the_portal(page, sandbox, KEY)
    assert len(portal.writes(sandbox)) == 1


def test_a_stage_whose_answer_was_lost_is_added_once(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/stages/", lose_the_answer)
    page.get_by_role("button", name="Add stage", exact=True).click()
    page.get_by_label("Stage title").fill("QA")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Board Admin cannot be reached.", timeout=30_000)
    page.unroute("**/stages/")
    alert.get_by_role("button", name="Try again").click()
    expect(alert).to_contain_text("Not known to be saved", timeout=30_000)
    expect(alert).to_contain_text("This form was sent already.")
    assert portal.titles(sandbox, KEY).count("QA") == 1


def test_what_the_portal_took_is_not_called_unsaved(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    sandbox.faults.arm("html", method="tasks.task.list", lasting=True)
    board_page.choose(page, "Review", "Move to start")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Made, and not seen since: move of Review.", timeout=30_000)
    expect(alert.get_by_role("button", name="Try again")).to_have_count(0)
    assert len(portal.writes(sandbox)) == 1


def test_a_page_is_not_left_by_accident_while_edits_are_on_their_way(
    page: Page, sandbox: Sandbox
) -> None:
    page.goto(BOARD)
    sandbox.faults.arm("slow", seconds=0.5)
    board_page.choose(page, "Review", "Move to start")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="RPA").click()
    board_page.settled(page, "Review is now at the start.")
    assert asked == ["beforeunload"]
    sandbox.faults.clear()
    page.get_by_role("link", name="RPA").click()
    expect(page).to_have_url("/rpa/")


@pytest.mark.usefixtures("sandbox")
def test_nor_while_they_are_kept_for_another_try(page: Page) -> None:
    page.goto(BOARD)
    page.route("**/move/", lambda route: route.abort())
    board_page.choose(page, "Review", "Move to start")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("What you did is kept here")
    with page.expect_event("dialog", lambda dialog: dialog.type == "beforeunload"):
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("link", name="RPA").click()
    expect(alert.get_by_role("button", name="Try again")).to_be_visible()
    alert.get_by_role("button", name="Discard").click()
    page.get_by_role("link", name="RPA").click()
    expect(page).to_have_url("/rpa/")


def test_the_focus_follows_what_was_moved(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    board_page.drag(page, "Backlog", "Review")
    board_page.settled(page, "Backlog is now after Review.")
    assert board_page.focused(page) == "Move Backlog"
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").get_by_role("button", name="Redo")).to_be_visible()
    assert board_page.focused(page) == "Move Backlog"
    board_page.choose(page, "Review", "Move left")
    board_page.settled(page, "Review is now")
    page.keyboard.press("Control+z")
    expect(page.get_by_role("status").get_by_role("button", name="Redo")).to_be_visible()
    assert board_page.focused(page) == "Actions for Review"
    sandbox.faults.arm("refused_by_code", method=UPDATE, code="ACCESS_DENIED", status=400)
    board_page.drag(page, "Done", "Backlog")
    expect(page.get_by_role("alert")).to_contain_text("Not saved: move of Done.")
    assert board_page.focused(page) == "Move Done"


def test_a_plus_stands_on_every_seam(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    pluses = page.get_by_role("button", name="Insert after")
    expect(pluses).to_have_count(4)
    board_page.stage(page, "Review").hover()
    expect(page.get_by_role("button", name="Insert after Review")).to_have_css("opacity", "1")
    expect(page.get_by_role("button", name="Insert after In progress")).to_have_css("opacity", "1")
    expect(page.get_by_role("button", name="Insert after Backlog")).to_have_css("opacity", "0")
    board_page.actions(page, "Backlog").press("Tab")
    assert board_page.focused(page) == "Insert after Backlog"
    expect(page.get_by_role("button", name="Insert after Backlog")).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert board_page.focused(page) == "Insert after Backlog"
    assert portal.writes(sandbox) == []


def test_from_right_to_left(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    page.evaluate("document.documentElement.dir = 'rtl'")
    board_page.drag(page, "Done", "Review")
    board_page.settled(page, "Done is now after In progress.")
    board_page.handle(page, "Done").press("Space")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    board_page.settled(page, "Done is now after Review.")
    board_page.choose(page, "Backlog", "Move left")
    board_page.settled(page, "Backlog is now after In progress.")
    board_page.shows_the_portal(page, sandbox, KEY)
    accessibility.check(page)
    page.set_viewport_size({"width": 390, "height": 800})  # a column, where left is up again
    board_page.handle(page, "Done").press("Space")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    board_page.settled(page, "Done is now after Backlog.")


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("width", [320, 360])
def test_at_four_times_the_size_everything_is_in_one_column(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 225})  # 1280 by 900 at 400 %
    page.goto(BOARD)
    assert page.locator("html").evaluate("html => html.scrollWidth") <= width
    board_page.actions(page, "Review").click()
    last = page.get_by_role("menuitem", name="Delete", exact=True)
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    last.click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_visible()
    assert page.locator("html").evaluate("html => html.scrollWidth") <= width


@pytest.mark.usefixtures("sandbox")
def test_in_forced_colours_stages_have_borders_and_text_has_its_own(page: Page) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(BOARD)
    review = board_page.stage(page, "Review")
    expect(review).to_have_css("border-top-width", "1px")
    paint = review.locator(".head > .paint").bounding_box()
    assert paint
    assert paint["width"] == 8


@pytest.mark.usefixtures("sandbox")
def test_the_page_puts_the_same_text_on_a_colour_as_the_server(page: Page) -> None:
    page.goto(BOARD)
    offered = [*color.DEFAULTS, *(one for row in swatches.ROWS for one in row)]
    chosen = page.evaluate(
        """colors => colors.map(color => {
            const editor = document.querySelector("board-editor");
            const detail = { item: editor.querySelector(".stage"), color };
            editor.dispatchEvent(new CustomEvent("stage-paint", { detail }));
            return detail.text;
        })""",
        [one.digits for one in offered],
    )
    assert chosen == [one.text for one in offered]


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_jumps_when_the_scripts_come(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(BOARD, wait_until="networkidle")
    assert page.evaluate("window.shift") < 0.01
