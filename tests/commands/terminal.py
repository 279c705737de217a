"""Commands run at a terminal of some width."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path

from tests.commands import clone

_PATIENCE = 60.0  # seconds
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a command wrote to the terminal, and to the pipe that took its data if there was one."""

    terminal: str
    piped: str
    code: int

    @property
    def plain(self) -> str:
        """What is to be read, without what colours it."""
        return _ESCAPES.sub("", self.terminal)


def run(
    folder: Path,
    *arguments: str,
    variables: dict[str, str],
    columns: int = 80,
    piped: bool = False,
) -> Shown:
    """Run `manage.py` at a terminal; `piped` takes its stdout elsewhere, as `> file` does."""
    environment = clone.clean(**{"TERM": "xterm-256color", **variables})
    environment.pop("COLUMNS", None)  # how wide the tests' own terminal is
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=folder,
        env=environment,
        stdin=theirs,
        stdout=subprocess.PIPE if piped else theirs,
        stderr=theirs,
    )
    os.close(theirs)
    with process:
        written = _read(ours)
        data, _ = process.communicate(timeout=_PATIENCE)
    os.close(ours)
    return Shown(written, data.decode() if data else "", process.returncode)


def _read(terminal: int) -> str:
    """Return what is written to the terminal until nobody has it open any more."""
    written = b""
    while True:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:  # Linux says so where macOS returns nothing
            break
        if not chunk:
            break
        written += chunk
    return written.decode().replace("\r\n", "\n")
