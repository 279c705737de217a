"""The `time` block of a reply."""

from __future__ import annotations

import time
from datetime import datetime

from sandbox.php import Json
from sandbox.seed.clock import ZONE
from sandbox.switches import Switches

OPERATING_WINDOW = 600


class Stopwatch:
    """Measures one call from its creation."""

    def __init__(self) -> None:
        self._started = time.time()

    def block(self, switches: Switches) -> dict[str, Json]:
        """Return the block; the operating fields exist only where the limiter is active."""
        finished = time.time()
        duration = finished - self._started
        block: dict[str, Json] = {
            "start": self._started,
            "finish": finished,
            "duration": duration,
            "processing": duration,
            "date_start": _iso(self._started),
            "date_finish": _iso(finished),
        }
        if switches.operating_time:
            block["operating_reset_at"] = int(self._started) + OPERATING_WINDOW
            block["operating"] = duration if duration > 0.1 else 0
        return block


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, ZONE).isoformat(timespec="seconds")
