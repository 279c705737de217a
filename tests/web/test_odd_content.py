"""What a portal may answer that nobody would expect: never a page that breaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.bitrix24.auth import WebhookAuth
from stages.models import Change
from stages.services import connections
from tests.web.odd_portal import OddPortal
from tests.web.test_board_pages import BOARD, text


@pytest.fixture
def odd(sandbox: Sandbox) -> Iterator[OddPortal]:
    with OddPortal(sandbox) as portal:
        yield portal
    connections.forget()


@pytest.fixture
def visitor(odd: OddPortal, settings: Settings, db: None) -> Client:  # noqa: ARG001
    settings.BITRIX24_WEBHOOK = WebhookAuth.parse(odd.webhook_of("lead"))
    settings.BITRIX24_TIMEOUT = 2
    settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}
    return Client(headers={"host": "127.0.0.1:8000"})  # raises what a page would be a 500 for


def test_an_undo_on_a_board_read_as_empty_is_refused_in_words(
    odd: OddPortal, visitor: Client
) -> None:
    new = {"title": "New", "color": "#FF0000", "after_id": "0"}
    visitor.post(f"{BOARD}stages/", new)
    odd.changes = {"task.stages.get": lambda _found: []}
    refused = visitor.post(f"/history/{Change.objects.latest('pk').pk}/undo/")
    assert refused.status_code == 409
    assert "“New” was deleted since." in text(refused)
