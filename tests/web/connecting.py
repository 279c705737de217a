"""Connecting portals by a webhook, and the connection that comes of it."""

from __future__ import annotations

from django.test import Client

from stages.models import Credential
from tests.web.test_board_pages import text

PAGE = "/portals/"


def connect(client: Client, address: str) -> str:
    """Return the page that the person is shown then."""
    return text(client.post(f"{PAGE}webhooks/", {"webhook": address}, follow=True))


def own() -> Credential:
    return Credential.objects.select_related("portal").get()
