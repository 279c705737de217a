"""The REST requests the sandbox has received, without secrets."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.php import Array

KEPT = 2000


@dataclass(slots=True)
class Command:
    """One command of a batch."""

    name: str
    method: str
    params: Array
    ok: bool


@dataclass(slots=True)
class RequestRecord:
    """One request; status 0 means that no answer was sent."""

    id: int
    at: str
    method: str
    person: int | None
    params: Array
    status: int = 0
    commands: list[Command] = field(default_factory=list)
    error: str | None = None
    fault: str | None = None


class RequestLog:
    """The last requests, oldest first."""

    def __init__(self) -> None:
        self._records: deque[RequestRecord] = deque(maxlen=KEPT)
        self._ids = itertools.count(1)
        self._lock = threading.Lock()

    def open(self, method: str, person: int | None, params: Array) -> RequestRecord:
        """Record an arriving request; the caller fills in how it ends."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._lock:
            record = RequestRecord(next(self._ids), at, method, person, params)
            self._records.append(record)
        return record

    def all(self) -> list[RequestRecord]:
        """Return the records kept, oldest first."""
        with self._lock:
            return list(self._records)

    def clear(self) -> None:
        """Forget every record."""
        with self._lock:
            self._records.clear()
