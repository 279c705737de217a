"""Every edit in every trouble: never lost without a word, never doubled, told as it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

import pytest
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.models import Credential
from stages.services import connections
from tests import factories
from tests.matrix import held, verdict
from tests.matrix.edits import EDITS, NEXT, ORDER, Edit
from tests.matrix.held import Held
from tests.matrix.page import Page
from tests.matrix.troubles import TROUBLES, Trouble
from tests.matrix.verdict import Course
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)

LENA = 2
_SLACK = 10.0  # seconds that a busy machine may add


@pytest.fixture(scope="session")
def portals() -> Iterator[list[Sandbox]]:
    """Fourteen portals without a limit on requests, so that as many edits can go on at once."""
    with ExitStack() as stack:
        yield [stack.enter_context(Sandbox(bucket="off")) for _ in TROUBLES]


@pytest.fixture
def deployed(settings: Settings) -> Iterator[Settings]:
    """An installation for several people, whose portals are on this machine."""
    settings.LOCAL = False
    settings.BITRIX24_WEBHOOK = None
    settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}
    yield settings
    connections.forget()


@dataclass(frozen=True, slots=True)
class Cell:
    """An edit in a trouble; `late` is how many seconds an answer is late."""

    edit: Edit
    trouble: Trouble
    lasting: bool
    late: float
    deadline: float

    def run(self, sandbox: Sandbox, credential: Credential) -> list[str]:
        """Make the edit, and return what is wrong with how that went, in a line each."""
        page = Page(credential.user, credential.portal.slug)
        before = held.held(sandbox)
        fault = self.trouble.arm(sandbox, self.edit.method, lasting=self.lasting, seconds=self.late)
        began = time.monotonic()
        answer = page.make(self.edit)
        took = time.monotonic() - began
        answered = held.held(sandbox)
        sandbox.faults.clear()
        assert sandbox.wait_until_idle(60), "a late original is still at work"
        after = held.held(sandbox)
        shown = page.open()
        wrong = list(verdict.complaints(Course(self.edit, before, answered, answer, after)))
        if bool(fault.struck) != (self.edit.batched or not self.trouble.inside_batch):
            wrong.append(f"met the trouble {fault.struck} times")
        wrong += verdict.of_portal(sandbox)
        wrong += verdict.of_history(self.edit, before, after, credential.portal)
        if (shown.status, shown.stages) != (200, after.stages):
            wrong.append(f"the page shows {shown}, the portal has {after.stages}")
        if took > self.deadline + _SLACK:
            wrong.append(f"answered after {took:.0f} seconds")
        wrong += self._next(sandbox, page, after)
        return [f"{self.edit.name}: {line}" for line in wrong]

    def _next(self, sandbox: Sandbox, page: Page, before: Held) -> list[str]:
        """Make another edit of the board, and return what is wrong with how that went."""
        answer = page.make(NEXT)
        if answer.status == 504:  # a busy machine has used the time up; people try again, too
            answer = page.make(NEXT)
        after = held.held(sandbox)
        wrong = list(verdict.complaints(Course(NEXT, before, after, answer, after)))
        blocked = self.trouble.lingers and self.edit.method == NEXT.method
        if answer.busy or (after == NEXT.make(before)) == blocked:
            wrong.append(f"answered {answer.status} “{answer.words}”")
        return [f"then another edit: {line}" for line in wrong]


def run(cells: list[Cell], portals: list[Sandbox]) -> str:
    """Run the cells at once, each on a portal of its own, and return what went wrong."""
    calls = []
    for cell, sandbox in zip(cells, portals, strict=False):
        held.prepare(sandbox)
        calls.append(partial(cell.run, sandbox, factories.credential(sandbox, "lead")))
    return "\n".join(line for lines in together(calls) for line in lines)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("name", TROUBLES)
def test_an_edit_is_made_or_refused_in_words(
    portals: list[Sandbox], deployed: Settings, name: str, lasting: bool
) -> None:
    deployed.BITRIX24_TIMEOUT, deployed.BITRIX24_DEADLINE = 1, 3
    late = 4.0 if lasting else 1.5  # the late original lands after the answer, or before it
    cells = [Cell(edit, TROUBLES[name], lasting, late, deadline=3) for edit in EDITS]
    wrong = run(cells, portals)
    assert not wrong, wrong


def test_nobody_waits_longer_than_half_a_minute(portals: list[Sandbox], deployed: Settings) -> None:
    deployed.BITRIX24_TIMEOUT, deployed.BITRIX24_DEADLINE = 10, 30
    # The edit alone is late, so that the last of it lands soon after the answer.
    troubles = [
        replace(trouble, spreads=trouble.spreads and not trouble.late)
        for trouble in TROUBLES.values()
    ]
    cells = [Cell(ORDER, trouble, True, 31, deadline=30) for trouble in troubles]
    wrong = run(cells, portals)
    assert not wrong, wrong


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
@pytest.mark.usefixtures("deployed")
def test_a_token_that_expires_in_the_middle_is_renewed(app: Sandbox, edit: Edit) -> None:
    held.prepare(app)
    credential = factories.signed_in(app, LENA)
    before = held.held(app)
    app.faults.arm("expired_token", method=edit.method)
    answer = Page(credential.user, credential.portal.slug).make(edit)
    assert answer.done, answer
    assert held.held(app) == edit.make(before)
    assert [one.status for one in app.oauth_requests] == [200]
