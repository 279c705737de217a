"""Fixtures of all tests: the sandbox portal, and connections to it as one of its people."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as profiles
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.bitrix24.oauth import App
from stages.services.connections import Connection
from tests import factories
from tests.secrets_in_clear import WATCH

# How long an example takes says something about the machine only.
profiles.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
profiles.load_profile("untimed")

# Shells start what runs in the background with interrupts ignored, which the processes that tests
# start, and interrupt, would inherit.
signal.signal(signal.SIGINT, signal.default_int_handler)

Connect = Callable[[str], Connection]


@pytest.fixture(autouse=True)
def nothing_secret_in_clear() -> Iterator[None]:
    """Fail a test that wrote a secret to the database or the log (see tests/secrets_in_clear)."""
    yield
    assert WATCH.taken() == []


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[Sandbox]:
    with Sandbox(bucket="off") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running_sandbox: Sandbox) -> Sandbox:
    """The sandbox in its first state, without a limit on requests."""
    running_sandbox.reset()
    cache.clear()
    return running_sandbox


@pytest.fixture
def app(sandbox: Sandbox, settings: Settings) -> Sandbox:
    """The sandbox, with its app as the installation's own."""
    settings.BITRIX24_APP = App(sandbox.app.client_id, sandbox.app.client_secret)
    settings.BITRIX24_OAUTH_URL = sandbox.oauth_url
    settings.BITRIX24_APP_PORTAL = sandbox.url
    return sandbox


@pytest.fixture
def connect(sandbox: Sandbox, db: None) -> Iterator[Connect]:  # noqa: ARG001 (for the rows)
    """Connect to the sandbox as `admin`, `lead`, `member`, …, without holding requests back."""
    made: list[Connection] = []

    def as_person(name: str) -> Connection:
        made.append(factories.connection(sandbox, name))
        return made[-1]

    yield as_person
    for connection in made:
        connection.client.close()


@pytest.fixture
def lead(connect: Connect) -> Connection:
    """Lena Lead: owner of some groups, moderator of others, stranger to the rest."""
    return connect("lead")


@pytest.fixture
def member(connect: Connect) -> Connection:
    """Max Member: a plain member everywhere."""
    return connect("member")
