"""The app as the sandbox portal opens it: its form posted to us, as a browser posts it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.bitrix24.oauth import App
from stages.services import connections
from tests.web.embed.frame import ADA, LENA, Frame


@pytest.fixture
def portal(sandbox: Sandbox, settings: Settings, db: None) -> Iterator[Sandbox]:  # noqa: ARG001 (for the rows)
    """A portal that has our app; ours is a deployed installation that has not heard of it yet."""
    settings.LOCAL = False
    settings.BITRIX24_WEBHOOK = None
    settings.BITRIX24_TIMEOUT = 4
    settings.BITRIX24_APP = App(sandbox.app.client_id, sandbox.app.client_secret)
    settings.BITRIX24_OAUTH_URL = sandbox.oauth_url
    settings.BITRIX24_APP_PORTAL = ""
    settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}
    sandbox.installation.finished = True
    yield sandbox
    connections.forget()


@pytest.fixture
def lena(portal: Sandbox) -> Frame:
    """The frame of Lena Lead, opened from the left menu."""
    frame = Frame()
    assert frame.open(portal.open_app(LENA, "LEFT_MENU")).status_code == 200
    return frame


@pytest.fixture
def installed(portal: Sandbox) -> Sandbox:
    """A portal on which an administrator has installed the app, and Lena has opened it."""
    assert Frame().open(portal.open_app(ADA)).status_code == 200
    assert Frame().open(portal.open_app(LENA)).status_code == 200
    portal.clear_requests()
    return portal
