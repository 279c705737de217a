"""The app in the frame of a portal's page, as a person uses it there."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Page, expect

from tests.e2e import board_page

TAB = "/workgroups/group/10/"


def app(page: Page) -> FrameLocator:
    return page.frame_locator("app-frame iframe")


def heading(page: Page, text: str) -> None:
    expect(app(page).get_by_role("heading", level=1)).to_have_text(text)


def sign_in(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_label("Signed in as").select_option(label=name)


def open_tab(page: Page) -> None:
    page.goto(TAB)
    page.get_by_role("navigation", name="Group").get_by_role("link", name="Stages").click()
    heading(page, "Website relaunch")
    # The scripts have taken over: all of them, and they have said how high the page is.
    page.frames[-1].wait_for_load_state()
    expect(page.locator("app-frame")).to_have_attribute("style", re.compile("block-size"))


def drag(page: Page, title: str, onto: str) -> None:
    held = app(page).get_by_role("button", name=f"Move {title}", exact=True)
    held.scroll_into_view_if_needed()
    held.hover()
    start = board_page._centre(held)
    target = app(page).get_by_role("button", name=f"Move {onto}", exact=True)
    box = target.locator("xpath=ancestor::li").bounding_box()
    assert box
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 8, start[1], steps=2)
    page.mouse.move(box["x"] + box["width"] * 0.9, start[1], steps=25)
    page.mouse.up()
