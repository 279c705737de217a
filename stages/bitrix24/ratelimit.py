"""The portal's leaky bucket, kept on our side so that it never overflows on the other.

https://apidocs.bitrix24.com/limits.html: every request adds one, so many drain a second, and what
does not fit is refused. The portal counts per address, so everything on one machine shares a
bucket: the store is passed in, in memory for one process or wherever all processes reach it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pyrate_limiter import GCRA, Decision, Duration, Rate, StateAlgorithm

from stages.bitrix24 import errors
from stages.bitrix24.clock import SYSTEM, Clock


class Store(Protocol):
    """Holds the level of one bucket: pyrate-limiter's InMemoryStateStore, or one of ours.

    `check` applies `algorithm.step` to the level in one go. `now` is in milliseconds and means
    something to this process alone: a store shared with others looks at a clock of its own.
    """

    def check(
        self, algorithm: StateAlgorithm, rates: list[Rate], now: int, weight: int
    ) -> Decision: ...


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many requests drain a second, and how many fit."""

    per_second: int
    burst: int


STANDARD = Allowance(per_second=2, burst=50)
ENTERPRISE = Allowance(per_second=5, burst=250)


class LeakyBucket:
    """Lets requests through at the portal's pace; threads share one."""

    def __init__(
        self, *, store: Store, allowance: Allowance = STANDARD, clock: Clock = SYSTEM
    ) -> None:
        self._store = store
        self._rates = [Rate(allowance.per_second, Duration.SECOND, burst=allowance.burst)]
        self._clock = clock

    def take(self, *, patience: float) -> None:
        """Wait until one more request fits, `patience` seconds at most.

        Raises LimitExceeded, saying when it would have fitted, as soon as the wait is known to be
        longer.
        """
        waited = 0.0
        while (wait := self._wait()) > 0:
            if waited + wait > patience:
                raise errors.LimitExceeded(retry_after=wait)
            self._clock.sleep(wait)
            waited += wait

    def _wait(self) -> float:
        """Put one in, or return the seconds until one would fit."""
        now = int(self._clock.monotonic() * 1000)
        decision = self._store.check(GCRA(), self._rates, now, 1)
        return 0.0 if decision.allowed else (decision.retry_after_ms or 0) / 1000
