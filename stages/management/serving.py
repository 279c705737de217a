"""Where `make run` serves, noted down for commands in other terminals.

The note counts for as long as whoever wrote it holds the lock on it, which ends with the process,
however that ends.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_NAME = "serving"
_ATTEMPTS, _PAUSE = 5, 0.02  # a command that looks holds the lock for a moment, too


@contextmanager
def noted(folder: Path, **ports: int) -> Iterator[None]:
    """Keep the ports noted down while the block runs; the first of several installations does."""
    descriptor = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        is_first = _lock(file)
        if is_first:
            _write(file, json.dumps(ports))
        try:
            yield
        finally:
            if is_first:
                _write(file, "")


def ports(folder: Path) -> dict[str, str]:
    """Return the ports of the installation that runs now, by variable; none where none does."""
    try:
        file = (folder / _NAME).open()
    except OSError:
        return {}
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return {name: str(port) for name, port in json.loads(file.read() or "{}").items()}
    return {}


def _lock(file: IO[str]) -> bool:
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(_PAUSE)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return True
    return False


def _write(file: IO[str], text: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(text)
    file.flush()
