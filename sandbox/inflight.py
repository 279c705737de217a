"""How many requests are being worked on, also for clients that have gone."""

from __future__ import annotations

import threading


class InFlight:
    """Counts requests while they are entered; somebody may wait until there are none."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    def __enter__(self) -> None:
        with self._changed:
            self._count += 1

    def __exit__(self, *_error: object) -> None:
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is worked on, and tell whether that came true in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count == 0, seconds)
