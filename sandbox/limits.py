"""The portal's leaky bucket: one per source address."""

from __future__ import annotations

import threading
from collections.abc import Callable

from sandbox.switches import Switches


class Bucket:
    """Counts requests up by one each and down by the drain rate."""

    def __init__(self, switches: Switches, clock: Callable[[], float]) -> None:
        self._switches = switches
        self._clock = clock
        self._levels: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def admits(self, address: str) -> bool:
        """Count a request in, or refuse it uncounted when the bucket is full."""
        numbers = self._switches.bucket_numbers
        if numbers is None:
            return True
        size, rate = numbers
        with self._lock:
            now = self._clock()
            level, seen_at = self._levels.get(address, (0.0, now))
            level = max(0.0, level - (now - seen_at) * rate)
            admitted = level + 1 <= size
            self._levels[address] = (level + 1 if admitted else level, now)
            return admitted

    def empty(self) -> None:
        """Forget every request counted so far."""
        with self._lock:
            self._levels.clear()
