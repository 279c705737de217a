"""The sandbox portal's page around an application: it opens it, and obeys what it may ask for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from sandbox.applications import Placement
from sandbox.server import Sandbox
from tests.e2e import framed_app

TOOLBAR = "TASK_GROUP_LIST_TOOLBAR"


@pytest.fixture(scope="module")
def app() -> Iterator[framed_app.App]:
    with framed_app.running() as running:
        yield running


@pytest.fixture(scope="module")
def portal(app: framed_app.App) -> Iterator[Sandbox]:
    with Sandbox(app_url=app.url, bucket="off") as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def site(portal: Sandbox) -> str:
    return portal.url


@pytest.fixture(autouse=True)
def afresh(portal: Sandbox, app: framed_app.App) -> None:
    portal.reset()
    app.posted.clear()
    app.origins.clear()


def inside(page: Page) -> Frame:
    """The page of the application, once it is there."""
    expect(page.frame_locator("app-frame iframe").locator("h1")).to_have_text("In the frame")
    return next(frame for frame in page.frames if "/embed/" in frame.url)


def ask(frame: Frame, command: str, **params: Any) -> Any:
    return frame.evaluate("([command, params]) => ask(command, params)", [command, params])


def finish(portal: Sandbox) -> None:
    portal.installation.finished = True


def test_an_installation_ends_when_the_page_inside_says_so(
    page: Page, portal: Sandbox, app: framed_app.App
) -> None:
    page.goto("/")
    frame = inside(page)
    assert app.posted[-1][0] == "/embed/install/"
    assert app.origins[-1] == portal.url
    assert ask(frame, "getInitData")["INSTALL"] is True
    with page.expect_navigation(url="**/?install_finished=Y"):
        frame.evaluate("void ask('setInstallFinish')")
    inside(page)
    assert portal.installation.finished
    assert app.posted[-1][0] == "/embed/"


def test_the_page_inside_is_told_who_and_where_it_is(
    page: Page, portal: Sandbox, app: framed_app.App
) -> None:
    finish(portal)
    page.goto("/")
    told = ask(inside(page), "getInitData")
    posted = app.posted[-1][1]
    assert (told["DOMAIN"], told["MEMBER_ID"]) == (portal.domain, portal.member_id)
    assert (told["AUTH_ID"], told["REFRESH_ID"]) == (posted["AUTH_ID"], posted["REFRESH_ID"])
    assert (told["PLACEMENT"], told["IS_ADMIN"], told["INSTALL"]) == ("DEFAULT", True, False)
    new = ask(inside(page), "refreshAuth")
    assert new["AUTH_ID"] != told["AUTH_ID"]
    assert ask(inside(page), "getInitData")["AUTH_ID"] == new["AUTH_ID"]


def test_the_frame_takes_the_size_it_asks_for(page: Page, portal: Sandbox) -> None:
    finish(portal)
    page.goto("/")
    size = ask(inside(page), "resizeWindow", width="100%", height=1234)
    assert size["height"] == 1234
    box = page.locator("app-frame iframe").bounding_box()
    assert box
    assert round(box["height"]) == 1234


def test_strangers_and_earlier_openings_are_not_obeyed(page: Page, portal: Sandbox) -> None:
    finish(portal)
    page.goto("/")
    frame = inside(page)
    frame.evaluate("void ask('resizeWindow', {width: '100%', height: 77}, 'another-sid')")
    page.evaluate(
        'sid => window.postMessage(`resizeWindow:{"width":"100%","height":77}:c:${sid}`, \'*\')',
        frame.evaluate("window.name.split('|')[2]"),
    )
    assert ask(frame, "resizeWindow", width="100%", height=600)["height"] == 600
    assert page.locator("app-frame").evaluate("it => it.style.blockSize") == "600px"


def test_objects_are_understood_like_texts(page: Page, portal: Sandbox) -> None:
    finish(portal)
    page.goto("/")
    told = inside(page).evaluate(
        """() => new Promise((resolve) => {
          window.addEventListener("message", ({ data }) => resolve(data), { once: true });
          const [, , appSid] = window.name.split("|");
          const params = { title: "Mine" };
          parent.postMessage({ method: "setTitle", params, callback: "k", appSid }, "*");
        })"""
    )
    assert told == 'k:{"title":"Mine"}'
    expect(page).to_have_title("Mine")


def test_pages_of_the_portal_open_beside(page: Page, portal: Sandbox) -> None:
    finish(portal)
    page.goto("/")
    frame = inside(page)
    frame.evaluate(
        """void ask("openPath", {path: "/workgroups/group/10/"})
            .then(({ result }) => document.querySelector("output").textContent = result)"""
    )
    slider = page.frame_locator("dialog iframe")
    expect(slider.get_by_role("heading", level=1)).to_have_text("Website relaunch")
    page.get_by_role("button", name="Close").click()
    told = page.frame_locator("app-frame iframe").get_by_role("status")
    expect(told).to_have_text("close")


def test_nothing_else_does(page: Page, portal: Sandbox) -> None:
    finish(portal)
    page.goto("/")
    frame = inside(page)
    for path in (
        "https://evil.example/",
        "//evil.example/",
        "workgroups/",
        "/rest/profile",
        "/sandbox/reset",
        "/workgroups/../rest/profile",
        7,
    ):
        told = ask(frame, "openPath", path=path)
        assert told == {"result": "error", "errorCode": "PATH_NOT_AVAILABLE"}
    expect(page.locator("dialog")).to_have_count(0)


def test_a_button_opens_a_slider_that_the_application_closes(
    page: Page, portal: Sandbox, app: framed_app.App
) -> None:
    finish(portal)
    place = Placement(1, TOOLBAR, f"{app.url}embed/", "Stages")
    portal.installation.placements.append(place)
    page.goto("/workgroups/group/10/tasks/")
    page.get_by_role("link", name="Stages").click()
    nested = page.frame_locator("dialog iframe").frame_locator("app-frame iframe")
    expect(nested.locator("h1")).to_have_text("In the frame")
    fields = app.posted[-1][1]
    assert fields["PLACEMENT"] == TOOLBAR
    options = {"GROUP_ID": "10", "URI": "/workgroups/group/10/tasks/"}
    assert json.loads(fields["PLACEMENT_OPTIONS"]) == options
    frame = next(frame for frame in page.frames if "/embed/" in frame.url)
    commands = ask(frame, "getInterface")["command"]
    assert "openPath" in commands
    assert not {"resizeWindow", "setTitle"} & set(commands)
    frame.evaluate("void ask('closeApplication')")
    expect(page.locator("dialog")).to_have_count(0)


def test_another_person_is_chosen_and_opens_it(
    page: Page, portal: Sandbox, app: framed_app.App
) -> None:
    finish(portal)
    page.goto("/")
    inside(page)
    with page.expect_navigation():
        page.get_by_label("Signed in as").select_option(label="Max Member")
    inside(page)
    token = app.posted[-1][1]["AUTH_ID"]
    pair = portal.authority.tokens.by_access(token)
    assert pair
    assert pair.user_id == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible(page: Page, portal: Sandbox, scheme: Any) -> None:
    finish(portal)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/", "/workgroups/", "/workgroups/group/10/tasks/", "/marketplace/", "/devops/"):
        page.goto(path)
        found = Axe().run(page, context={"exclude": [["iframe"]]}).response["violations"]
        assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390
