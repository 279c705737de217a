"""Fixtures of the services' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.server import Sandbox
from stages.bitrix24.auth import WebhookAuth
from stages.services.connections import Connection
from tests.services.removals import Eventful, Events, Meet


@pytest.fixture
def meet(sandbox: Sandbox) -> Iterator[Meet]:
    """Connect as Lena to a portal on which things happen just before the requests numbered."""
    clients: list[Eventful] = []

    def as_lena(events: Events) -> Connection:
        webhook = WebhookAuth.parse(sandbox.webhook("lead"))
        clients.append(Eventful(events, auth=webhook, timeout=4))
        return Connection(id="lead", client=clients[-1], portal_url=webhook.base_url)

    yield as_lena
    for client in clients:
        client.close()
