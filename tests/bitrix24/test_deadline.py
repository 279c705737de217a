"""An operation of several calls that has to be over by one time."""

from __future__ import annotations

import pytest
from pyrate_limiter import Decision

from stages.bitrix24 import errors
from stages.bitrix24.addresses import ANYWHERE
from stages.bitrix24.auth import WebhookAuth
from stages.bitrix24.client import Client
from stages.bitrix24.clock import Deadline
from stages.bitrix24.methods import task_stages, users
from stages.bitrix24.ratelimit import LeakyBucket
from tests.bitrix24.clock import FakeClock
from tests.bitrix24.conftest import Serve
from tests.bitrix24.server import refusal, result


def test_calls_wait_no_longer_than_the_operation_may_take(serve: Serve, clock: FakeClock) -> None:
    _, client = serve(refusal("QUERY_LIMIT_EXCEEDED", 503))
    with pytest.raises(errors.LimitExceeded):
        client.bounded(Deadline.within(2, clock)).call(users.admin())
    assert sum(clock.slept) < 2


def test_nothing_is_sent_when_the_time_is_up(serve: Serve, clock: FakeClock) -> None:
    portal, client = serve(result(True))
    bounded = client.bounded(Deadline.within(2, clock))
    clock.sleep(2)
    with pytest.raises(errors.OutOfTime) as caught:
        bounded.call(users.admin())
    assert caught.value.did_not_run
    command = task_stages.delete(stage_id=7)
    assert isinstance(bounded.batch([command]).error(command), errors.OutOfTime)
    assert portal.requests == []
    assert client.call(users.admin()) is True, "others go on"


def test_a_write_is_not_sent_when_the_turn_comes_too_late(serve: Serve, clock: FakeClock) -> None:
    """The bucket is in a database, which may answer late."""

    class Slow:
        def check(self, *_step: object, **_named: object) -> Decision:
            clock.sleep(20)
            return Decision()

    portal, _ = serve(result(True))
    guarded: list[bool] = []
    with Client(
        auth=WebhookAuth.parse(portal.webhook),
        addresses=ANYWHERE,
        bucket=LeakyBucket(store=Slow(), clock=clock),
        clock=clock,
    ) as client:
        late = client.guarded(lambda: guarded.append(True))
        with pytest.raises(errors.OutOfTime):
            late.call(task_stages.delete(stage_id=7))
    assert (portal.requests, guarded) == ([], [])


def test_a_call_keeps_its_own_timeout_where_that_ends_sooner(
    serve: Serve, clock: FakeClock
) -> None:
    _, client = serve(refusal("QUERY_LIMIT_EXCEEDED", 503))
    with pytest.raises(errors.LimitExceeded):
        client.bounded(Deadline.within(60, clock)).call(users.admin())
    assert sum(clock.slept) < 10
