"""What the portal has really done: every write, once for each time it was executed."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.php import Array

KEPT = 5000


@dataclass(frozen=True, slots=True)
class Write:
    """An executed write, whether its answer arrived or not; `ok` is false where it was refused."""

    at: str
    person: int
    method: str
    params: Array
    ok: bool


class Journal:
    """The last writes, oldest first."""

    def __init__(self) -> None:
        self._writes: deque[Write] = deque(maxlen=KEPT)
        self._lock = threading.Lock()

    def note(self, person: int, method: str, params: Array, *, ok: bool) -> None:
        """Note one execution."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._lock:
            self._writes.append(Write(at, person, method, params, ok))

    def all(self) -> list[Write]:
        """Return the writes kept, oldest first."""
        with self._lock:
            return list(self._writes)

    def clear(self) -> None:
        """Forget every write."""
        with self._lock:
            self._writes.clear()
