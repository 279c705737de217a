"""Pages, asked for by Django's own test client, with the sandbox behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.bitrix24.auth import WebhookAuth
from stages.services import connections

Visit = Callable[[str], Client]


@pytest.fixture
def visit(
    sandbox: Sandbox,
    settings: Settings,
    db: None,  # noqa: ARG001 (deployed, sign-in reads the session)
) -> Iterator[Visit]:
    """Visit the pages of a local installation connected as `admin`, `lead`, `member`, …"""

    def as_person(name: str) -> Client:
        settings.BITRIX24_WEBHOOK = WebhookAuth.parse(sandbox.webhook(name))
        settings.BITRIX24_TIMEOUT = 2
        settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}  # where a test deploys it
        return Client(headers={"host": "127.0.0.1:8000"})

    yield as_person
    connections.forget()


@pytest.fixture
def lead(visit: Visit) -> Client:
    return visit("lead")


@pytest.fixture
def member(visit: Visit) -> Client:
    return visit("member")


@pytest.fixture
def alone(visit: Visit, settings: Settings) -> Client:
    """Somebody who is not connected to any portal."""
    client = visit("admin")
    settings.BITRIX24_WEBHOOK = None
    settings.BITRIX24_APP = None
    return client
