"""A fresh copy of the project, and its commands run there as people run them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from boardadmin import environment

ROOT = Path(__file__).resolve().parents[2]
_PARTS = ("boardadmin", "sandbox", "stages", "static", "templates")
_PATIENCE = 60.0  # seconds for a command to end, or to say what it is waited for to say


def make(folder: Path) -> Path:
    """Copy what a clone has and the product runs on; it has no `var/` yet."""
    for part in _PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.glob("*.py"):
        shutil.copy(file, folder)
    return folder


def clean(**variables: str) -> dict[str, str]:
    """Return the environment of a command: no setting of ours but the given ones."""
    ours = {*environment.TAKES, "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in ours} | variables


def settings(project: Path, *names: str, **variables: str) -> dict[str, Any]:
    """Return settings as a process has them that was started somewhere else."""
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {names!r}}}, default=str))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=clean(
            PYTHONPATH=str(project), DJANGO_SETTINGS_MODULE="boardadmin.settings", **variables
        ),
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    values: dict[str, Any] = json.loads(done.stdout)
    return values


class Running:
    """A command under way, in a process group of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.returncode: int | None = None
        self.output = ""
        self.errors = ""

    def __repr__(self) -> str:
        """Show in a failed assertion what the command had to say about it."""
        return f"Running({self.returncode}, errors={self.errors!r}, output={self.output!r})"

    def read_lines(self, number: int) -> list[str]:
        """Wait until it has printed that many lines more, or has ended."""
        assert self._process.stdout is not None
        return [self._process.stdout.readline().strip() for _ in range(number)]

    def wait_to_read(self, text: str) -> str:
        """Wait until it has written a line with that text to stderr; return all lines so far."""
        assert self._process.stderr is not None
        lines = []
        for line in self._process.stderr:
            lines.append(line)
            if text in line:
                return "".join(lines)
        raise AssertionError(f"ended without a word of {text!r}: {lines}")

    def send(self, number: signal.Signals, *, to_group: bool = False) -> None:
        """Send a signal to the command alone, or to its whole group as a terminal does."""
        if to_group:
            os.killpg(self._process.pid, number)
        else:
            self._process.send_signal(number)

    def wait(self) -> None:
        """Wait until the command has ended, and all it started that shares its output."""
        self.output, self.errors = self._process.communicate(timeout=_PATIENCE)
        self.returncode = self._process.returncode


@contextmanager
def running(folder: Path, *arguments: str, **variables: str) -> Iterator[Running]:
    """Run `manage.py` with these arguments; nothing of it survives the block."""
    with started([sys.executable, "manage.py", *arguments], folder, **variables) as command:
        yield command


@contextmanager
def started(command: list[str], folder: Path, **variables: str) -> Iterator[Running]:
    """Run a command in a folder; nothing of it survives the block."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=clean(PYTHONUNBUFFERED="1", **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    watchdog = threading.Timer(2 * _PATIENCE, _kill, [process])
    watchdog.start()
    try:
        with process:
            try:
                yield Running(process)
            finally:
                _end(process)
    finally:
        watchdog.cancel()


def run(folder: Path, *arguments: str, **variables: str) -> Running:
    """Run `manage.py` with these arguments to its end."""
    with running(folder, *arguments, **variables) as command:
        command.wait()
    return command


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _end(process: subprocess.Popen[str]) -> None:
    """End the command, and give it the time to end what it started."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
    _kill(process)


def _kill(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
