"""A fresh clone to run commands in."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import clone
from tests.e2e.installation import free_port


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clone.make(tmp_path_factory.mktemp("clone"))


@pytest.fixture
def ports() -> dict[str, str]:
    """Two free ports, as variables."""
    return {"PORT": str(free_port()), "SANDBOX_PORT": str(free_port())}


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        yield port
