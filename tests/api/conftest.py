"""Programs of the people of the sandbox, which is behind the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.domain.actor import Source
from stages.models import Portal
from stages.services import api_tokens, connections, portal_pace, visits
from tests import factories
from tests.api.program import Program

Programs = Callable[..., Program]


@pytest.fixture
def programs(
    sandbox: Sandbox,
    settings: Settings,
    db: None,  # noqa: ARG001 (for the rows)
) -> Iterator[Programs]:
    """Make programs that act as `admin`, `lead`, `member`, …, at any pace."""
    settings.BITRIX24_TIMEOUT = 2
    settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}  # where a test deploys it

    def of_person(name: str, *, may_act_as_admin: bool = False) -> Program:
        credential = factories.credential(sandbox, name)
        portal_pace.set_plan(portal=credential.portal, plan=Portal.Plan.SELF_HOSTED)
        connection = visits.use(
            credential=credential, user=credential.user, source=Source.COMMAND_LINE
        )
        made = api_tokens.create(
            connection=connection, name="test", may_act_as_admin=may_act_as_admin
        )
        return Program(made.secret)

    yield of_person
    connections.forget()


@pytest.fixture
def lead(programs: Programs) -> Program:
    return programs("lead")


@pytest.fixture
def member(programs: Programs) -> Program:
    return programs("member")
