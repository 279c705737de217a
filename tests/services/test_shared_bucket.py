"""Processes that share a database share the portal's bucket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.server import Sandbox
from stages.models import Credential
from tests import factories
from tests.services import pacing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def limited() -> Iterator[Sandbox]:
    """A portal with the real limit: fifty at once, then two a second."""
    with Sandbox(bucket="standard") as sandbox:
        yield sandbox


@pytest.fixture
def credential(limited: Sandbox) -> Credential:
    return factories.credential(limited, "lead")


def test_four_processes_stay_inside_the_limit_together(
    limited: Sandbox, credential: Credential
) -> None:
    run = pacing.run(limited, credential, processes=4, calls=68)
    assert run.done == 68
    assert run.refused == 0
    assert 9 < run.seconds < 15


@pytest.mark.bench
def test_two_hundred_calls_of_four_processes_take_no_longer_than_they_have_to(
    limited: Sandbox, credential: Credential
) -> None:
    run = pacing.run(limited, credential, processes=4, calls=200)
    print(run)  # noqa: T201 (the figures are what a benchmark is for)
    assert run.done == 200
    assert run.refused <= 1
    assert run.seconds <= 85
