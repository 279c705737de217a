from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import accessibility, board_page

PATHS = [
    "/",
    "/boards/my-planner/",
    "/boards/group-10/",
    f"/boards/group-{portal.RESEARCH}/",
    f"/boards/group-{portal.RELEASE}/",
    f"/boards/group-{portal.OFFICE}/",
    f"/boards/group-{portal.CALENDAR}/",
    "/boards/group-26/",
    "/boards/group-26/stages/",
    "/boards/group-29/",
    "/boards/group-10/stages/",
    "/boards/group-10/stages/1/",
    "/boards/group-10/stages/1/delete/",
    "/boards/group-10/stages/4/delete/",
    "/boards/group-9999/",
    "/nothing/",
    "/history/",
    "/portals/",
    "/rpa/",
    "/rpa/stages/1/",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.usefixtures("sandbox")
def test_nobody_is_shut_out_and_nothing_is_wider_than_a_phone(page: Page, path: str) -> None:
    page.goto(path)
    accessibility.check(page, 390, 1280)
    page.set_viewport_size({"width": 360, "height": 800})
    accessibility.fits(page)


def test_searching_as_one_types_narrows_the_list(page: Page, sandbox: Sandbox) -> None:
    page.goto("/")
    asked = len(sandbox.requests)
    page.get_by_label("Search boards").press_sequentially("relau", delay=30)
    expect(page.get_by_role("link", name="Office move")).to_have_count(0)
    expect(page.get_by_role("link", name="Website relaunch")).to_be_visible()
    expect(page).to_have_url(re.compile(r"search=relau$"))
    assert len(sandbox.requests) == asked
    page.get_by_role("link", name="Website relaunch").click()
    assert board_page.order(page) == portal.ids(sandbox, "group-10")


def test_titles_are_text_and_run_nothing(page: Page, sandbox: Sandbox) -> None:
    title = "<img src=x onerror=alert(1)>"
    sandbox.portal.board("group-10")[1].title = title
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto("/boards/group-10/")
    assert board_page.titles(page)[1] == title
    expect(page.get_by_role("button", name=f"Move {title}", exact=True)).to_be_visible()


@pytest.mark.usefixtures("sandbox")
def test_scripts_and_styles_weigh_at_most_sixty_kilobytes(page: Page) -> None:
    weights: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda request: weights.__setitem__(request.url, request.sizes()["responseBodySize"]),
    )
    page.goto("/boards/group-10/", wait_until="networkidle")
    page.goto("/", wait_until="networkidle")
    files = {url: size for url, size in weights.items() if "/static/" in url}
    assert any("sortable" in url for url in files)
    assert any("htmx" in url for url in files)
    assert 0 < sum(files.values()) <= 60_000


def test_the_panel_of_an_rpa_stage_leads_back(page: Page, sandbox: Sandbox) -> None:
    page.goto("/rpa/")
    stage = next(iter(sandbox.portal.rpa_types.values())).stages[0]
    page.get_by_role("link", name=stage.name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(stage.name)
    expect(page.locator("main")).to_contain_text("Read-only.")
    page.get_by_role("link", name="← RPA processes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("RPA processes")
