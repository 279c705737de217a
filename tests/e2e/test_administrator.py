"""Acting as administrator of the portal, and looking at what one may not edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import accessibility, board_page

BOARD, KEY = f"/boards/group-{portal.CALENDAR}/", f"group-{portal.CALENDAR}"


@pytest.fixture(scope="module")
def site(running_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("installation")
    with board_page.unhurried(folder, running_sandbox.webhook("admin")) as address:
        yield address


def test_the_switch_opens_a_board_for_this_visit(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    switch = page.get_by_role("switch", name="Act as administrator")
    expect(switch).not_to_be_checked()
    accessibility.check(page, 390, 1280)
    switch.click()
    expect(switch).to_be_checked()
    expect(page.get_by_role("main")).to_contain_text("You act as administrator of the portal.")
    board_page.choose(page, "Week 2", "Move to start")
    board_page.settled(page, "Week 2 is now at the start.")
    expect(switch).to_be_checked()
    page.keyboard.press("Control+z")
    board_page.settled(page, "Week 2 is now after Week 1.")
    board_page.shows_the_portal(page, sandbox, KEY)
    assert [sent["isAdmin"] for _, sent in portal.writes(sandbox)] == [True, True]
    accessibility.check(page, 390, 1280)
    page.reload()
    expect(switch).not_to_be_checked()


def test_the_switch_is_turned_off_again(page: Page, sandbox: Sandbox) -> None:
    page.goto(f"/boards/group-{portal.RELAUNCH}/")
    expect(page.get_by_role("switch")).to_have_count(0)  # moderates it
    expect(board_page.actions(page, "Review")).to_be_visible()
    page.goto("/boards/group-29/")  # a member like others
    expect(page.get_by_role("main")).to_contain_text("Read-only.")
    expect(page.get_by_role("main")).to_contain_text("owner ")
    expect(page.get_by_role("button", name="Add stage")).to_have_count(0)
    accessibility.check(page, 390, 1280)
    switch = page.get_by_role("switch")
    switch.press("Space")
    expect(page.get_by_role("button", name="Add stage", exact=True)).to_be_visible()
    expect(switch).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Add stage")).to_have_count(0)
    expect(switch).to_be_focused()
    expect(page).to_have_url("/boards/group-29/")
    assert portal.writes(sandbox) == []
