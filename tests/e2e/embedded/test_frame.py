"""The app in the frame: the boards, the editor, and how it fits the portal around it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests.e2e.frame import app, drag, heading, open_tab, sign_in
from tests.portal import stage_id, titles

KEY = "group-10"


def test_a_day_in_the_frame(page: Page, installed: Sandbox) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})  # room for all stages
    sign_in(page, "Lena Lead")
    page.get_by_role("navigation", name="Portal").get_by_role("link", name="Board Admin").click()
    heading(page, "Boards")
    app(page).get_by_role("link", name="Website relaunch").click()
    heading(page, "Website relaunch")

    open_tab(page)
    drag(page, "Backlog", "Review")
    expect(app(page).locator("#news")).to_contain_text("Backlog is now after Review.")
    assert titles(installed, KEY)[:3] == ["In progress", "Review", "Backlog"]

    app(page).get_by_text("Review", exact=True).dblclick()
    app(page).get_by_label("Stage title").fill("Look at it")
    page.keyboard.press("Enter")
    expect(app(page).locator("#news")).to_contain_text("Look at it")
    assert "Look at it" in titles(installed, KEY)

    app(page).get_by_role("link", name="History", exact=True).click()
    heading(page, "History")
    newest = app(page).locator(".change").first
    expect(newest).to_contain_text("Lena Lead")
    expect(newest).to_contain_text("portal")
    newest.get_by_role("button", name="Undo").click()
    expect(app(page).locator("#news")).to_contain_text("Undo: Look at it is now called Review.")
    assert "Review" in titles(installed, KEY)

    installed.authority.tokens.expire()
    app(page).get_by_role("link", name="Boards", exact=True).click()
    app(page).get_by_role("link", name="Website relaunch").click()
    drag(page, "In progress", "Done")
    expect(app(page).locator("#news")).to_contain_text("In progress is now after Done.")
    assert titles(installed, KEY)[-1] == "In progress"
    assert installed.authority.refreshes == 1

    there = installed.installation
    sign_in(page, "Ada Admin (admin)")
    other = page.context.new_page()
    other.goto("/marketplace/")
    other.get_by_role("button", name="Uninstall Board Admin").click()
    expect(other.get_by_role("button", name="Uninstall Board Admin")).to_have_count(0)
    assert [one.status for one in installed.events.wait() if one.event == "ONAPPUNINSTALL"] == [200]
    assert not there.present
    app(page).get_by_role("link", name="Boards", exact=True).click()
    heading(page, "This page cannot be used any longer.")
    expect(app(page).get_by_role("alert")).to_contain_text("Open the app again")


def test_third_party_cookies_are_blocked_here(page: Page, installed: Sandbox) -> None:
    heading(page, "Boards")
    frame = page.frames[-1]
    assert frame.url.startswith(installed.app_url)
    kept = "document.cookie = 'x=1; SameSite=None; Secure'; document.cookie"
    assert frame.evaluate(kept) == ""
    frame.wait_for_url("**/p/**")  # a script gives the frame its page's address
    assert [one["name"] for one in page.context.cookies(frame.url)] == ["frame"]
    assert page.context.cookies(installed.app_url) == []  # other portals' pages do not get it


def test_a_reload_of_the_frame_shows_the_same_page(page: Page, installed: Sandbox) -> None:
    open_tab(page)
    frame = page.frames[-1]
    assert frame.url.endswith(f"/boards/{KEY}/")
    installed.authority.tokens.expire()
    frame.evaluate("location.reload()")
    heading(page, "Website relaunch")


def test_plain_forms_work_in_the_frame(page: Page, installed: Sandbox) -> None:
    open_tab(page)
    frame, number = page.frames[-1], stage_id(installed, KEY, "Review")
    frame.goto(f"{frame.url}stages/{number}/")
    app(page).get_by_label("Stage title").fill("By a form")
    app(page).get_by_role("button", name="Save").first.click()
    heading(page, "Website relaunch")
    expect(app(page).locator("#news")).to_contain_text("By a form")
    assert "By a form" in titles(installed, KEY)


@pytest.mark.usefixtures("installed")
def test_the_frame_is_as_high_as_its_content(page: Page) -> None:
    heading(page, "Boards")
    frame = page.frames[-1]
    frame.wait_for_load_state()
    content = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    expect(page.locator("app-frame iframe")).to_have_js_property("offsetHeight", content)
    app(page).get_by_label("Search boards").fill("relaunch")
    expect(page.locator("app-frame iframe")).to_have_js_property("offsetHeight", 600)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("width", [390, 600, 1440])
def test_the_board_fits_the_portal(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_tab(page)
    frame = page.frames[-1]
    room = frame.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert room[0] == room[1]
    assert frame.evaluate("getComputedStyle(document.querySelector('main')).padding") == "12px"
    found = Axe().run(page, context={"include": [["app-frame"]]}).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []


def test_menus_and_messages_of_a_long_page_come_into_sight(page: Page, installed: Sandbox) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    open_tab(page)
    button = app(page).get_by_role("button", name="Actions for Backlog", exact=True)
    button.click()
    expect(app(page).get_by_role("menuitem", name="Rename", exact=True)).to_be_focused()
    above, below = button.bounding_box(), app(page).get_by_role("menu").bounding_box()
    assert above
    assert below
    assert 0 <= below["y"] - above["y"] - above["height"] < 10
    page.keyboard.press("Escape")
    method = "task.stages.update"
    installed.faults.arm("refused_by_code", code="ACCESS_DENIED", status=403, method=method)
    app(page).get_by_role("button", name="Move Backlog down", exact=True).click()
    alert = app(page).locator("#alerts .message")
    expect(alert).to_contain_text("Not saved")
    expect(alert).to_be_in_viewport(ratio=1)
    alert.get_by_role("button", name="Close").click()
    app(page).get_by_role("button", name="Move Backlog down", exact=True).click()
    news = app(page).locator("#news .message")
    expect(news).to_contain_text("Backlog is now after In progress.")
    expect(news).to_be_in_viewport(ratio=1)
    news.hover()  # so that it stays
    for away in ("document.body.scrollHeight", "document.body.scrollHeight / 2"):
        page.evaluate(f"scrollTo({{ top: {away}, behavior: 'instant' }})")
        expect(news).to_be_in_viewport(ratio=1)


@pytest.mark.usefixtures("installed")
def test_a_menu_below_the_window_comes_into_sight(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    open_tab(page)
    # A key moves nothing else, where a click would scroll to the button first.
    app(page).get_by_role("button", name="Actions for Review", exact=True).focus()
    page.keyboard.press("Enter")
    expect(app(page).get_by_role("menu")).to_be_in_viewport(ratio=0.99)


@pytest.mark.usefixtures("installed")
def test_the_administrators_switch_keeps_the_focus(page: Page) -> None:
    page.goto("/workgroups/group/11/")
    page.get_by_role("navigation", name="Group").get_by_role("link", name="Stages").click()
    heading(page, "Product roadmap")
    switch = app(page).get_by_role("switch")
    expect(switch).not_to_be_checked()
    switch.press("Space")
    expect(switch).to_be_checked()
    expect(switch).to_be_focused()
    page.keyboard.press("Space")
    expect(switch).not_to_be_checked()
    expect(switch).to_be_focused()


@pytest.mark.usefixtures("installed")
def test_links_to_groups_and_people_open_in_the_portal(page: Page) -> None:
    open_tab(page)
    app(page).get_by_role("link", name="Open the group").click()
    slider = page.frame_locator("dialog iframe")
    expect(slider.get_by_role("heading", level=1)).to_have_text("Website relaunch")
    assert page.frames[1].url.endswith(f"/boards/{KEY}/")
