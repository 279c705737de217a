"""The app at home in a portal's pages, in a browser that blocks third-party cookies.

The portal is at `localhost`, the app at `127.0.0.1`: two sites, also for a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page

from sandbox import app_defaults
from sandbox.server import Sandbox
from tests.e2e import board_page, installation


@pytest.fixture(scope="module")
def browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    arguments = [*browser_type_launch_args["args"], "--test-third-party-cookie-phaseout"]
    launched = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A portal with the app, not installed yet, and an installation that is the app."""
    port = installation.free_port()
    folder: Path = tmp_path_factory.mktemp("installation")
    running = board_page.unhurried(
        folder,
        f"http://localhost:{port}/rest/1/sandbox-admin/",
        BITRIX24_CLIENT_ID=app_defaults.CLIENT_ID,
        BITRIX24_CLIENT_SECRET=app_defaults.CLIENT_SECRET,
        BITRIX24_OAUTH_URL=app_defaults.oauth_url(port),
    )
    with running as address, Sandbox(port, app_url=f"{address}/", bucket="off") as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def site(portal: Sandbox) -> str:
    return portal.url


@pytest.fixture(autouse=True)
def afresh(portal: Sandbox) -> None:
    portal.reset()


@pytest.fixture(autouse=True)
def stores_nothing(page: Page) -> None:
    """Complain of whoever reaches for a store, which browsers deny in a frame, and say who it is.

    A script that catches what the browser throws would go unseen otherwise.
    """
    page.add_init_script(
        """for (const name of ["localStorage", "indexedDB", "caches"]) {
            const get = () => console.error(new Error(`${name} is touched`).stack);
            Object.defineProperty(window, name, { get });
        }"""
    )


@pytest.fixture
def installed(page: Page, portal: Sandbox) -> Sandbox:
    page.goto("/")
    page.wait_for_url("**/?install_finished=Y")
    assert portal.installation.finished
    assert [one.status for one in portal.events.wait()] == [200]  # it tells the app of that
    return portal
