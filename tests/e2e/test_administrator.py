"""Acting as administrator of the portal, and looking at what one may not edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page

BOARD, KEY = f"/boards/group-{portal.CALENDAR}/", f"group-{portal.CALENDAR}"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def site(running_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("installation")
    with board_page.unhurried(folder, running_sandbox.webhook("admin")) as address:
        yield address


def clean(page: Page) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()


def test_the_switch_opens_a_board_for_this_visit(page: Page, sandbox: Sandbox) -> None:
    page.goto(BOARD)
    switch = page.get_by_role("switch", name="Act as administrator")
    expect(switch).not_to_be_checked()
    clean(page)
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
    clean(page)
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
    clean(page)
    page.get_by_role("switch").click()
    expect(page.get_by_role("button", name="Add stage", exact=True)).to_be_visible()
    page.get_by_role("switch").click()
    expect(page.get_by_role("button", name="Add stage")).to_have_count(0)
    assert portal.writes(sandbox) == []
