"""Who the frame takes somebody for, how long, and whom it does not believe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sandbox.forgery import EVENTS
from sandbox.server import Sandbox
from tests.e2e.frame import app, drag, heading, open_tab


@pytest.mark.usefixtures("installed")
def test_the_session_is_renewed_while_the_page_is_open(page: Page) -> None:
    page.clock.install()
    open_tab(page)
    body = app(page).locator("body")
    first = body.get_attribute("hx-headers")
    assert first
    with page.expect_response("**/embed/session/") as renewal:
        page.clock.fast_forward("25:00")
    assert renewal.value.status == 204
    expect(body).not_to_have_attribute("hx-headers", first)
    drag(page, "Backlog", "Review")
    expect(app(page).locator("#news")).to_contain_text("Backlog is now after Review.")


@pytest.mark.usefixtures("installed")
def test_a_session_that_is_over_says_to_open_the_app_again(page: Page) -> None:
    page.clock.install()
    open_tab(page)
    page.context.route("**/embed/session/", lambda route: route.fulfill(status=401))
    page.clock.fast_forward("25:00")
    expect(app(page).get_by_text("Open the app again from the portal's menu.")).to_be_in_viewport()


@pytest.mark.usefixtures("installed")
def test_a_browser_without_any_cookie_is_told_that_links_lead_nowhere(page: Page) -> None:
    page.add_init_script("Object.defineProperty(document, 'cookie', {get: () => '', set() {}})")
    open_tab(page)
    page.context.clear_cookies()
    drag(page, "Backlog", "Review")
    expect(app(page).locator("#news")).to_contain_text("Backlog is now after Review.")
    told = app(page).get_by_text("open the app again from the portal's menu.")
    expect(told).to_have_count(0)
    app(page).get_by_role("link", name="History", exact=True).click()
    expect(told).to_be_in_viewport()
    heading(page, "Website relaunch")


def test_forged_events_are_refused_and_send_nothing(page: Page, installed: Sandbox) -> None:
    heading(page, "Boards")
    honest = len(installed.events.deliveries)
    installed.clear_requests()
    (handler,) = [one for one in installed.installation.handlers if one.event == "ONAPPUNINSTALL"]
    for kind in EVENTS:
        installed.events.deliver(handler, installed.forger.event(kind))
    statuses = [one.status for one in installed.events.wait()[honest:]]
    assert statuses == [403] * len(EVENTS)
    # Whether a member's own token is an administrator's, only the true portal knows.
    assert [record.method for record in installed.requests] == ["profile"]


def test_a_forged_opening_is_refused_in_the_frame(page: Page, installed: Sandbox) -> None:
    heading(page, "Boards")
    page.goto("/devops/")
    installed.clear_requests()
    page.goto("/devops/forged/0/")
    heading(page, "Board Admin cannot tell who opens it here.")
    assert installed.requests == []
