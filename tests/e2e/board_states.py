"""What a person may find the editor in, each brought about on the board that lies open."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page

State = Callable[[Page, Sandbox], None]
_UPDATE = "task.stages.update"
_KEY = "group-10"
_REVIEW = 2  # its place


def menu(page: Page, _sandbox: Sandbox) -> None:
    board_page.actions(page, "Backlog").click()


def position(page: Page, _sandbox: Sandbox) -> None:
    board_page.choose(page, "Review", "Move to position…")


def colours(page: Page, _sandbox: Sandbox) -> None:
    board_page.choose(page, "Review", "Change colour")
    page.get_by_role("button", name="More colours").click()
    expect(page.get_by_role("grid", name="More colours")).to_be_visible()


def no_colour(page: Page, _sandbox: Sandbox) -> None:
    board_page.choose(page, "Review", "Change colour")
    page.get_by_label("Other colour").fill("#12")
    page.get_by_role("button", name="Use", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("A colour is six hex digits")


def no_more_colours(page: Page, _sandbox: Sandbox) -> None:
    page.route("**/colors/", lambda route: route.abort())
    board_page.choose(page, "Review", "Change colour")
    page.get_by_role("button", name="More colours").click()
    expect(page.get_by_role("dialog")).to_contain_text("cannot be loaded")


def title(page: Page, _sandbox: Sandbox) -> None:
    board_page.choose(page, "Review", "Rename")
    page.get_by_label("Stage title").fill("")
    page.keyboard.press("Enter")


def draft(page: Page, _sandbox: Sandbox) -> None:
    page.get_by_role("button", name="Add stage", exact=True).click()
    page.keyboard.press("Enter")


def deletion_asked_for(page: Page, _sandbox: Sandbox) -> None:
    page.route("**/delete/", lambda _route: None)
    board_page.choose(page, "Review", "Delete")
    expect(page.get_by_role("dialog")).to_contain_text("Looking what is in this stage…")


def deletion(page: Page, _sandbox: Sandbox) -> None:
    board_page.choose(page, "Review", "Delete")
    expect(_deletion(page)).to_contain_text("1 task: 1 open")


def deletion_of_an_empty_stage(page: Page, sandbox: Sandbox) -> None:
    sandbox.portal.tasks.clear()
    board_page.choose(page, "Review", "Delete")
    expect(_deletion(page)).to_contain_text("no task that you can see")


def deletion_without_an_answer(page: Page, _sandbox: Sandbox) -> None:
    page.route("**/delete/", lambda route: route.abort())
    board_page.choose(page, "Review", "Delete")
    expect(page.get_by_role("alert")).to_contain_text("Not saved: deletion of Review.")


def deletion_under_way(page: Page, _sandbox: Sandbox) -> None:
    begun: list[Route] = []

    def answer_the_first(route: Route) -> None:
        begun.append(route)
        if len(begun) == 1:
            route.continue_()

    _ask_for_the_crowd(page)
    page.route("**/delete/", answer_the_first)
    _deletion(page).get_by_role("button", name="and delete").click()
    going = page.locator(".stage.going > .body")
    expect(going).to_have_attribute("data-progress", "50 of 115 tasks moved")


def deletion_stopped(page: Page, _sandbox: Sandbox) -> None:
    _ask_for_the_crowd(page)
    _deletion(page).get_by_role("button", name="and delete").click()
    expect(page.get_by_role("button", name="Move those tasks back")).to_be_visible(timeout=20_000)


def _ask_for_the_crowd(page: Page) -> None:
    board_page.choose(page, "In progress", "Delete")
    expect(_deletion(page).get_by_role("button", name="and delete")).to_be_visible()


def shortcuts(page: Page, _sandbox: Sandbox) -> None:
    page.keyboard.press("?")


def lifted(page: Page, _sandbox: Sandbox) -> None:
    board_page.handle(page, "Review").press("Space")
    page.keyboard.press("2")
    board_page.settled(page, "Review, position 2 of 5")


def dragged(page: Page, _sandbox: Sandbox) -> None:
    board_page.drag(page, "Backlog", "Review", drop=False)


def on_its_way(page: Page, _sandbox: Sandbox) -> None:
    page.route("**/move/", lambda _route: None)
    board_page.choose(page, "Review", "Move left")
    expect(board_page.stage(page, "Review")).to_have_class("stage pending")


def saved(page: Page, _sandbox: Sandbox) -> None:
    board_page.choose(page, "Review", "Move left")
    board_page.settled(page, "Review is now")


def first(page: Page, _sandbox: Sandbox) -> None:
    board_page.choose(page, "Review", "Move to start")
    board_page.settled(page, "New tasks will land there")


def edited_elsewhere(page: Page, sandbox: Sandbox) -> None:
    sandbox.portal.board(_KEY)[0].title = "Inbox"
    board_page.choose(page, "Review", "Move left")
    board_page.settled(page, "Backlog was renamed to Inbox")


def refused(page: Page, sandbox: Sandbox) -> None:
    sandbox.faults.arm("refused_by_code", method=_UPDATE, code="ACCESS_DENIED", status=400)
    board_page.choose(page, "Review", "Move left")
    expect(page.get_by_role("alert")).to_contain_text("Not saved")


def conflict(page: Page, sandbox: Sandbox) -> None:
    sandbox.portal.board(_KEY)[_REVIEW].title = "Checks"
    board_page.choose(page, "Review", "Rename")
    page.get_by_label("Stage title").fill("QA")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("Compare").click()


def conflict_without_a_script(page: Page, sandbox: Sandbox) -> None:
    page.goto(f"{page.url}stages/{portal.stage_id(sandbox, _KEY, 'Review')}/")
    sandbox.portal.board(_KEY)[_REVIEW].title = "Checks"
    page.get_by_label("Stage title").fill("QA")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Apply mine")).to_be_visible()


def wrong_without_a_script(page: Page, sandbox: Sandbox) -> None:
    page.goto(f"{page.url}stages/{portal.stage_id(sandbox, _KEY, 'Review')}/")
    page.get_by_label("Stage title").fill("x" * 256)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("this one has 256")


def lost_without_a_script(page: Page, sandbox: Sandbox) -> None:
    page.goto(f"{page.url}stages/{portal.stage_id(sandbox, _KEY, 'Review')}/")
    sandbox.faults.arm("html", method=_UPDATE, times=2)
    page.get_by_label("Stage title").fill("QA")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def lost(page: Page, _sandbox: Sandbox) -> None:
    page.route("**/move/", lambda route: route.abort())
    board_page.choose(page, "Review", "Move left")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def counted_down(page: Page, sandbox: Sandbox) -> None:
    sandbox.faults.arm("limit", method=_UPDATE, times=100)
    board_page.choose(page, "Review", "Move left")
    expect(page.get_by_role("alert").get_by_role("timer")).to_be_visible(timeout=20_000)


def signed_out(page: Page, _sandbox: Sandbox) -> None:
    page.context.clear_cookies()
    board_page.choose(page, "Review", "Move left")
    expect(page.get_by_role("alert")).to_contain_text("too long")


def waiting(page: Page, _sandbox: Sandbox) -> None:
    page.clock.install()
    page.route("**/move/", lambda _route: None)
    board_page.choose(page, "Review", "Move left")
    page.clock.run_for(10_100)
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()


def past(page: Page, _sandbox: Sandbox) -> None:
    saved(page, _sandbox)
    page.get_by_text("History of this board", exact=True).click()
    expect(page.locator("board-history")).to_contain_text("Review")


def empty(page: Page, _sandbox: Sandbox) -> None:
    page.goto(f"/boards/group-{portal.OFFICE}/")
    expect(page.get_by_role("button", name="Add these stages")).to_be_visible()


def empty_begun(page: Page, sandbox: Sandbox) -> None:
    empty(page, sandbox)
    page.get_by_role("button", name="Add the first stage").click()
    page.keyboard.press("Enter")


def opening(page: Page, _sandbox: Sandbox) -> None:
    page.goto("/")
    page.clock.install()
    # The browser stays where it is, as while it waits for the portal.
    page.evaluate("addEventListener('click', (event) => event.preventDefault())")
    page.get_by_role("link", name="Website relaunch").click()
    page.clock.run_for(10_100)
    expect(page.locator("page-opening").get_by_role("button", name="Cancel")).to_be_visible()


def _deletion(page: Page) -> Locator:
    return page.get_by_role("dialog")


STATES: list[State] = [
    menu, position, colours, no_colour, no_more_colours, title, draft,
    deletion_asked_for, deletion, deletion_of_an_empty_stage, deletion_without_an_answer,
    deletion_under_way, deletion_stopped, shortcuts, lifted, dragged, on_its_way, saved, first,
    edited_elsewhere, refused, conflict, conflict_without_a_script, wrong_without_a_script,
    lost_without_a_script, lost, counted_down, signed_out, waiting, past, empty, empty_begun,
    opening,
]  # fmt: skip
