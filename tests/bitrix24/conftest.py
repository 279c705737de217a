"""A clock that never waits, and a client of whatever server a test starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from stages.bitrix24.addresses import ANYWHERE
from stages.bitrix24.auth import WebhookAuth
from stages.bitrix24.client import Client
from tests.bitrix24.clock import FakeClock
from tests.bitrix24.server import Answer, Server

Serve = Callable[..., tuple[Server, Client]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def serve(clock: FakeClock) -> Iterator[Serve]:
    """Start a server with some answers and return it with a client on the fake clock."""
    with ExitStack() as stack:

        def start(*answers: Answer) -> tuple[Server, Client]:
            server = stack.enter_context(Server(*answers))
            client = Client(auth=WebhookAuth.parse(server.webhook), addresses=ANYWHERE, clock=clock)
            return server, stack.enter_context(client)

        yield start
