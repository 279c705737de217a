"""Fixtures of the services' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.server import Sandbox
from stages.services.connections import Connection
from tests import factories
from tests.services.removals import Eventful, Events, Meet


@pytest.fixture
def meet(sandbox: Sandbox, db: None) -> Iterator[Meet]:  # noqa: ARG001 (for the rows)
    """Connect as Lena to a portal on which things happen just before the requests numbered."""
    made: list[Connection] = []

    def as_lena(events: Events) -> Connection:
        made.append(factories.connection(sandbox, "lead", Eventful, events=events))
        return made[-1]

    yield as_lena
    for connection in made:
        connection.client.close()
