"""Fixtures of the services' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.domain.board import Board
from stages.services import boards, connections
from stages.services.connections import Connection
from tests import factories
from tests.conftest import Connect
from tests.services.foreign import REF
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


@pytest.fixture
def ada(connect: Connect, settings: Settings) -> Iterator[Connection]:
    """Ada, who administers the portal: a moderator of the relaunch, a member of the roadmap."""
    settings.BITRIX24_WEBHOOK = None
    yield connect("admin")
    connections.forget()


@pytest.fixture
def bob(db: None) -> User:  # noqa: ARG001 (for the rows)
    return User.objects.create_user("bob", first_name="Bob", last_name="Berg")


@pytest.fixture
def shown(lead: Connection) -> Board:
    """The board of the relaunch, as a page shows it that was opened a while ago."""
    return boards.fetch(connection=lead, ref=REF).board
