"""An installation started as people start it, for a browser to visit."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import databases
from tests.secrets_in_clear import REPORT

ROOT = Path(__file__).resolve().parents[2]
_START_UP = 30.0  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: list[str], *, folder: Path = ROOT, start_up: float = _START_UP, **environment: str
) -> Iterator[str]:
    """Run `manage.py local` or what calls it until the block ends; yield the site's address.

    With SANDBOX_PORT it waits for the sandbox, too.

    It has to stop by an interrupt, as from Ctrl-C, and leave nothing behind.
    """
    port = free_port()
    inherited = dict(os.environ)
    if folder != ROOT:
        # A folder of its own has the product's own settings, with hashed files. In this one several
        # installations run at once, and each start would collect the files anew under the others.
        inherited.pop("DJANGO_SETTINGS_MODULE", None)
    secrets = Path(tempfile.mkdtemp()) / "in-clear.txt"
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**inherited, REPORT: str(secrets), "PORT": str(port), **environment},
        start_new_session=True,
    )
    try:
        _wait_for(process, port, start_up)
        if "SANDBOX_PORT" in environment:
            _wait_for(process, int(environment["SANDBOX_PORT"]), start_up)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(10) is not None
    _require_silence(port)
    assert not secrets.exists(), secrets.read_text()


def _require_silence(port: int) -> None:
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "a server outlived its command"


@contextmanager
def local(folder: Path, webhook: str, *, gunicorn: str = "", **environment: str) -> Iterator[str]:
    """Run an installation with a database of its own, on the given portal; yield its address.

    `gunicorn` is what gunicorn is told beside its configuration.
    """
    with (
        databases.own(folder) as database,
        running(
            [sys.executable, "manage.py", "local"],
            folder=ROOT,
            start_up=_START_UP,
            DATABASE_URL=database,
            BITRIX24_WEBHOOK_URL=webhook,
            GUNICORN_CMD_ARGS=gunicorn,
            **environment,
        ) as address,
    ):
        yield address


def _wait_for(process: subprocess.Popen[bytes], port: int, start_up: float) -> None:
    deadline = time.monotonic() + start_up
    while time.monotonic() < deadline:
        assert process.poll() is None, "the installation did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing answers on port {port}")
