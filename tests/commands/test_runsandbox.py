"""`manage.py runsandbox`, the portal alone."""

from __future__ import annotations

import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import clone
from tests.commands.clone import Running
from tests.e2e.installation import free_port


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def sandbox_alone(project: Path, port: int) -> Iterator[Running]:
    with clone.running(project, "runsandbox", "--port", str(port)) as command:
        yield command


def test_it_says_where_it_is_and_serves_there(sandbox_alone: Running, port: int) -> None:
    assert f"http://localhost:{port}/" in sandbox_alone.read_lines(1)[0]
    with urllib.request.urlopen(f"http://localhost:{port}/rest/1/sandbox-admin/profile") as answer:
        assert answer.status == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_on_a_signal(sandbox_alone: Running, port: int, number: signal.Signals) -> None:
    sandbox_alone.read_lines(1)
    sandbox_alone.send(number)
    sandbox_alone.wait()
    assert not clone.listens(port)
    assert (sandbox_alone.returncode, sandbox_alone.errors) == (0, "")


def test_it_refuses_a_taken_port_in_words(project: Path, taken_port: int) -> None:
    command = clone.run(project, "runsandbox", "--port", str(taken_port))
    assert command.returncode == 1
    assert str(taken_port) in command.errors
    assert "Traceback" not in command.errors
