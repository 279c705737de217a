"""Time, passed in, so that tests neither wait nor guess."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Protocol

_LEAST = 0.05  # seconds


class Clock(Protocol):
    """What is read for durations, what is read for dates, and how to wait; all in seconds."""

    def monotonic(self) -> float: ...

    def wall(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    def monotonic(self) -> float:
        return time.monotonic()

    def wall(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


SYSTEM = SystemClock()


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a call has to be over, waits and repetitions included.

    `limit` is when the operation has to be that the call is part of.
    """

    clock: Clock
    at: float
    limit: float = math.inf

    @classmethod
    def within(cls, seconds: float, clock: Clock) -> Deadline:
        return cls(clock, clock.monotonic() + seconds)

    @property
    def left(self) -> float:
        return max(0.0, self.at - self.clock.monotonic())

    @property
    def is_over(self) -> bool:
        """Whether there is no time for an answer: what begins now only adds a doubt."""
        return self.left < _LEAST

    def pause(self, seconds: float) -> None:
        """Wait so long, but not beyond the deadline."""
        self.clock.sleep(min(seconds, self.left))

    def within_operation(self, operation: Deadline) -> Deadline:
        """Return the deadline of a call that is part of an operation with one of its own."""
        return Deadline(self.clock, min(self.at, operation.at), limit=operation.at)

    def restarted(self, seconds: float) -> Deadline:
        """Return the deadline of a call that begins anew, within the same operation."""
        at = min(self.clock.monotonic() + seconds, self.limit)
        return Deadline(self.clock, at, limit=self.limit)

    @property
    def patience(self) -> float:
        """How long to wait before sending, at most: the other half is for the answer."""
        return self.left / 2
