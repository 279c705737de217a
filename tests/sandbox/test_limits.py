"""The leaky bucket, on a clock that is only turned by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire, send


@dataclass(slots=True)
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limited(clock: Clock) -> Iterator[Sandbox]:
    with Sandbox(clock=clock) as sandbox:
        yield sandbox


def admitted(sandbox: Sandbox, attempts: int) -> int:
    wire = Wire(sandbox.webhook("lead"))
    return sum(wire.get("user.admin").status == 200 for _ in range(attempts))


def test_20_the_51st_fast_request_is_refused(limited: Sandbox) -> None:
    assert admitted(limited, 50) == 50
    answer = Wire(limited.webhook("lead")).get("user.admin")
    assert (answer.status, answer.body) == (
        503,
        {"error": "QUERY_LIMIT_EXCEEDED", "error_description": "Too many requests"},
    )
    assert limited.requests[-1].error == "QUERY_LIMIT_EXCEEDED"


def test_two_requests_a_second_drain(limited: Sandbox, clock: Clock) -> None:
    admitted(limited, 50)
    clock.now += 3
    assert admitted(limited, 10) == 6


def test_a_batch_counts_once(limited: Sandbox) -> None:
    for _ in range(49):
        Wire(limited.webhook("lead")).batch("user.admin", "user.admin")
    assert admitted(limited, 5) == 1


def test_the_bucket_is_shared_by_all_webhooks(limited: Sandbox) -> None:
    admitted(limited, 50)
    assert Wire(limited.webhook("admin")).get("user.admin").status == 503


def test_control_and_page_do_not_count(limited: Sandbox) -> None:
    for path in ("/", "/sandbox/requests", "/sandbox/state") * 20:
        assert send(limited.url + path).status == 200
    assert limited.requests == []
    assert admitted(limited, 50) == 50


@pytest.mark.parametrize(("bucket", "expected"), [("enterprise", 250), ("off", 260), ("3/1", 3)])
def test_the_bucket_has_other_sizes(limited: Sandbox, bucket: str, expected: int) -> None:
    limited.switches.set(bucket=bucket)
    assert admitted(limited, 260) == expected


def test_a_reset_empties_it(limited: Sandbox) -> None:
    admitted(limited, 50)
    limited.reset()
    assert admitted(limited, 1) == 1
