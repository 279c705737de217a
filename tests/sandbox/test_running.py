"""Starting, stopping and serving a foreign client."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fast_bitrix24 import Bitrix

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire, send

ROOT = Path(__file__).parents[2]


def test_it_starts_again_on_the_same_port_with_its_state() -> None:
    with Sandbox() as sandbox:
        wire = Wire(sandbox.webhook("lead"))
        wire.post("task.stages.update", id=2, fields={"TITLE": "Changed"})
        sandbox.stop()
        with pytest.raises(ConnectionRefusedError):
            wire.get("user.admin")
        sandbox.start()
        assert wire.get("task.stages.get", "entityId=10").result["2"]["TITLE"] == "Changed"


def test_it_stops_at_once_with_connections_open_and_answers_pending() -> None:
    sandbox = Sandbox()
    sandbox.start()
    sandbox.faults.arm("late_answer", seconds=60)
    idle, waiting = (
        http.client.HTTPConnection("127.0.0.1", urlsplit(sandbox.url).port) for _ in range(2)
    )
    idle.connect()
    waiting.request("GET", "/rest/2/sandbox-lead/user.admin")
    while sandbox.faults.armed():
        time.sleep(0.005)
    started = time.monotonic()
    sandbox.stop()
    assert time.monotonic() - started < 1
    for connection in (idle, waiting):
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_ends_cleanly_on_a_signal(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "sandbox", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"Sandbox portal on http://localhost:")
    process.send_signal(number)
    _, errors = process.communicate(timeout=5)
    assert (process.returncode, errors) == (0, b"")


def test_a_client_from_the_package_index_works_unchanged(portal: Sandbox) -> None:
    client = Bitrix(portal.webhook("lead"), verbose=False)
    added = client.call("task.stages.add", {"fields": {"TITLE": "By index", "ENTITY_ID": 10}})
    stages = client.get_all("task.stages.get", {"entityId": 10, "numeric": True})
    assert stages[0]["ID"] == str(added)
    assert len(client.get_all("tasks.task.list", {"filter": {"GROUP_ID": 10}})) > 115


def test_requests_for_nothing_known_are_not_found(portal: Sandbox) -> None:
    for path in ("/nothing", "/rest/a/b/c/d", "/sandbox/nothing"):
        assert send(portal.url + path).status == 404
