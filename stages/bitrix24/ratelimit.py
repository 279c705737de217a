"""The portal's leaky bucket, kept on our side so that it never overflows on the other.

https://apidocs.bitrix24.com/limits.html: every request adds one, so many drain a second, and what
does not fit is refused. The portal counts per address, so everything on one machine shares a
bucket: the store is passed in, in memory for one process or wherever all processes reach it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from pyrate_limiter import GCRA, Decision, Duration, Rate, StateAlgorithm
from pyrate_limiter.abstracts.algorithm import State

from stages.bitrix24 import errors
from stages.bitrix24.clock import SYSTEM, Clock

_FOR_PEOPLE = 10  # requests that background work leaves free
_PAUSE = 1.0  # seconds after a refusal by the portal that does not say how long


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

    @property
    def rate(self) -> Rate:
        return Rate(self.per_second, Duration.SECOND, burst=self.burst)

    @property
    def for_background(self) -> Rate:
        return replace(self, burst=max(1, self.burst - _FOR_PEOPLE)).rate


# Two fewer than the portal takes: a request that is late on its way finds the requests before it
# drained no further than when it was let go, and at a full bucket one too many is refused.
STANDARD = Allowance(per_second=2, burst=48)
ENTERPRISE = Allowance(per_second=5, burst=248)


class LeakyBucket:
    """Lets requests through at the portal's pace; threads share one."""

    def __init__(
        self, *, store: Store, allowance: Allowance = STANDARD, clock: Clock = SYSTEM
    ) -> None:
        self._store = store
        self._allowance = allowance
        self._clock = clock

    def take(self, *, patience: float, background: bool = False) -> None:
        """Wait until one more request fits, `patience` seconds at most.

        Raises LimitExceeded, saying when it would have fitted, as soon as the wait is known to be
        longer. People book their place, first come, first served. Background work books none, so
        that nobody waits behind it, and leaves room for people.
        """
        if background:
            self._wait_for_room(patience)
            return
        booking = _Booking(int(patience * 1000))
        wait = self._ask(booking, self._allowance.rate)
        if wait > patience:
            raise errors.LimitExceeded(retry_after=wait)
        if wait:
            self._clock.sleep(wait)

    def fill(self, *, pause: float | None = None) -> None:
        """Note that the portal has refused a request: nothing more fits for so many seconds."""
        pause = _PAUSE if pause is None else pause
        self._ask(_Full(int(pause * 1000)), self._allowance.rate)

    def _wait_for_room(self, patience: float) -> None:
        waited = 0.0
        while (wait := self._ask(GCRA(), self._allowance.for_background)) > 0:
            if waited + wait > patience:
                raise errors.LimitExceeded(retry_after=wait)
            self._clock.sleep(wait)
            waited += wait

    def _ask(self, algorithm: StateAlgorithm, rate: Rate) -> float:
        """Return the seconds until a request fits."""
        now = int(self._clock.monotonic() * 1000)
        decision = self._store.check(algorithm, [rate], now, 1)
        return (decision.retry_after_ms or 0) / 1000


class _Booking(GCRA):
    """Takes the next place that gets free within `patience` milliseconds, and says when that is."""

    def __init__(self, patience: int) -> None:
        self._patience = patience

    def step(
        self, rates: list[Rate], state: State, now: int, weight: int
    ) -> tuple[State, Decision]:
        after, decision = super().step(rates, state, now, weight)
        wait = decision.retry_after_ms
        if decision.allowed or wait is None or wait > self._patience:
            return after, decision
        booked, _ = super().step(rates, state, now + wait, weight)
        return booked, Decision(retry_after_ms=wait)


class _Full(GCRA):
    """Raises the level until nothing fits for `pause` milliseconds."""

    def __init__(self, pause: int) -> None:
        self._pause = pause

    def step(
        self, rates: list[Rate], state: State, now: int, weight: int
    ) -> tuple[State, Decision]:
        (rate,), (level,) = rates, state
        until_full = (rate.burst - weight) * rate.interval * 1000 // rate.limit
        return (max(level, (now + self._pause) * 1000 + until_full),), Decision()
