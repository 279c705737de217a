"""The sandbox, fresh for each test, and its people's webhooks."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire


@pytest.fixture
def portal(running_sandbox: Sandbox) -> Sandbox:
    """Return the sandbox as it is at the start."""
    running_sandbox.reset()
    return running_sandbox


@pytest.fixture
def ada(portal: Sandbox) -> Wire:
    """Return the webhook of the portal administrator."""
    return Wire(portal.webhook("admin"))


@pytest.fixture
def lena(portal: Sandbox) -> Wire:
    """Return the webhook of an owner of some groups."""
    return Wire(portal.webhook("lead"))


@pytest.fixture
def max_(portal: Sandbox) -> Wire:
    """Return the webhook of a plain member."""
    return Wire(portal.webhook("member"))
