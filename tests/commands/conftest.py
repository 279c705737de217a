"""A fresh clone to run commands in, and commands of a person of the sandbox."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.bitrix24.auth import WebhookAuth
from stages.services import connections
from tests import databases
from tests.commands import calling, clone
from tests.commands.calling import Call
from tests.e2e.installation import free_port


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clone.make(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="session")
def migrated(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The DATABASE_URL of a database that has its tables, and that tests only take copies of."""
    with databases.own(tmp_path_factory.mktemp("migrated")) as url:
        command = clone.run(project, "migrate", DATABASE_URL=url)
        assert command.returncode == 0
        yield url


@pytest.fixture
def database(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The DATABASE_URL of a database of the test's own: the sandbox begins anew with each, too.

    What an earlier test left of its board, as an interrupted edit does, would never come true.
    """
    with databases.own(tmp_path_factory.mktemp("database"), like=migrated) as url:
        yield url


@pytest.fixture
def ports(database: str) -> dict[str, str]:
    """Two free ports and the database, as variables."""
    return {
        "PORT": str(free_port()),
        "SANDBOX_PORT": str(free_port()),
        "DATABASE_URL": database,
    }


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        yield port


@pytest.fixture
def acting(
    sandbox: Sandbox,
    settings: Settings,
    db: None,  # noqa: ARG001 (for the rows)
) -> Iterator[Callable[[str], Call]]:
    """Call commands of a local installation connected as `admin`, `lead`, `member`, …"""

    def as_person(name: str) -> Call:
        settings.BITRIX24_WEBHOOK = WebhookAuth.parse(sandbox.webhook(name))
        settings.BITRIX24_TIMEOUT = 2
        return calling.call

    yield as_person
    connections.forget()


@pytest.fixture
def call(acting: Callable[[str], Call]) -> Call:
    """Call a command as Lena Lead, who owns most of the boards worth editing."""
    return acting("lead")
