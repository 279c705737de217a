"""The bucket lets through what the portal would, to the request."""

from __future__ import annotations

import threading

import pytest
from pyrate_limiter import InMemoryStateStore

from stages.bitrix24 import errors, ratelimit
from stages.bitrix24.ratelimit import Allowance, LeakyBucket
from tests.bitrix24.clock import FakeClock


def bucket(clock: FakeClock, allowance: Allowance = ratelimit.STANDARD) -> LeakyBucket:
    return LeakyBucket(store=InMemoryStateStore(), allowance=allowance, clock=clock)


@pytest.mark.parametrize("allowance", [ratelimit.STANDARD, ratelimit.ENTERPRISE], ids=str)
def test_a_full_burst_goes_at_once_and_then_so_many_a_second(
    clock: FakeClock, allowance: Allowance
) -> None:
    limiter = bucket(clock, allowance)
    for _ in range(allowance.burst):
        limiter.take(patience=0)
    assert clock.slept == []
    with pytest.raises(errors.LimitExceeded) as caught:
        limiter.take(patience=0)
    assert caught.value.retry_after == pytest.approx(1 / allowance.per_second)
    for _ in range(10):
        limiter.take(patience=1)
    assert sum(clock.slept) == pytest.approx(10 / allowance.per_second)


def test_a_refusal_takes_nothing(clock: FakeClock) -> None:
    limiter = bucket(clock, Allowance(per_second=2, burst=1))
    limiter.take(patience=0)
    for _ in range(5):
        with pytest.raises(errors.LimitExceeded):
            limiter.take(patience=0.4)
    clock.sleep(0.5)
    limiter.take(patience=0)


def test_an_empty_bucket_fills_no_further_than_the_burst(clock: FakeClock) -> None:
    limiter = bucket(clock, Allowance(per_second=2, burst=3))
    clock.sleep(3600)
    for _ in range(3):
        limiter.take(patience=0)
    with pytest.raises(errors.LimitExceeded):
        limiter.take(patience=0)


def test_threads_share_it_without_letting_one_more_through(clock: FakeClock) -> None:
    limiter = bucket(clock)
    admitted = []

    def take() -> None:
        for _ in range(20):
            try:
                limiter.take(patience=0)
            except errors.LimitExceeded:
                continue
            admitted.append(1)

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(admitted) == ratelimit.STANDARD.burst


def test_those_who_wait_get_the_next_places_in_turn() -> None:
    clock = Standing()
    limiter = bucket(clock, Allowance(per_second=2, burst=1))
    for _ in range(4):
        limiter.take(patience=2)
    assert clock.slept == [pytest.approx(0.5), pytest.approx(1), pytest.approx(1.5)]


class Standing(FakeClock):
    """A clock that stands still while several begin to wait."""

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def test_background_work_leaves_ten_requests_to_people(clock: FakeClock) -> None:
    limiter = bucket(clock)
    for _ in range(ratelimit.STANDARD.burst - 10):
        limiter.take(patience=0, background=True)
    with pytest.raises(errors.LimitExceeded):
        limiter.take(patience=0, background=True)
    for _ in range(10):
        limiter.take(patience=0)
    assert clock.slept == []


def test_nobody_waits_behind_background_work_that_waits(clock: FakeClock) -> None:
    limiter = bucket(clock)
    for _ in range(ratelimit.STANDARD.burst):
        limiter.take(patience=0)
    with pytest.raises(errors.LimitExceeded):
        limiter.take(patience=5, background=True)
    limiter.take(patience=0.5)
    assert clock.slept == [pytest.approx(0.5)]


def test_background_work_goes_on_when_there_is_room(clock: FakeClock) -> None:
    limiter = bucket(clock)
    for _ in range(ratelimit.STANDARD.burst):
        limiter.take(patience=0)
    limiter.take(patience=6, background=True)
    assert sum(clock.slept) == pytest.approx(5.5)


@pytest.mark.parametrize(("pause", "wait"), [(7.0, 7.0), (None, 1.0), (0.0, 0.0)])
def test_a_refusal_by_the_portal_holds_back_all_who_share_the_bucket(
    clock: FakeClock, pause: float | None, wait: float
) -> None:
    limiter = bucket(clock)
    limiter.fill(pause=pause)
    limiter.take(patience=10)
    assert sum(clock.slept) == pytest.approx(wait)
    limiter.take(patience=10)
    assert sum(clock.slept) == pytest.approx(wait + 0.5)
