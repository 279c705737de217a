"""Connections of people to the sandbox, as tests want them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from sandbox.server import Sandbox
from stages.bitrix24.addresses import ANYWHERE
from stages.bitrix24.auth import WebhookAuth
from stages.bitrix24.client import Client
from stages.domain.actor import Actor
from stages.models import Credential
from stages.services import installation_webhook
from stages.services.connections import Connection


def credential(sandbox: Sandbox, who: str) -> Credential:
    """Return the webhook of `admin`, `lead`, `member`, … as a stored credential of its own user."""
    webhook = WebhookAuth.parse(sandbox.webhook(who))
    user, _ = User.objects.get_or_create(username=who)
    found, _ = Credential.objects.get_or_create(
        portal=installation_webhook.portal_at(base_url=webhook.base_url),
        user=user,
        defaults={
            "kind": Credential.Kind.WEBHOOK,
            "person_id": webhook.user_id,
            "secret": f"sandbox-{who}",
        },
    )
    return found


def signed_in(sandbox: Sandbox, user_id: int, username: str = "") -> Credential:
    """Return the credential of a person who has signed in with Bitrix24."""
    pair = sandbox.authority.issue(sandbox.installation, user_id)
    user, _ = User.objects.get_or_create(username=username or f"person-{user_id}")
    return Credential.objects.create(
        portal=installation_webhook.portal_at(base_url=sandbox.url),
        user=user,
        kind=Credential.Kind.OAUTH,
        person_id=user_id,
        secret=pair.access,
        refresh_secret=pair.refresh,
    )


def connection(
    sandbox: Sandbox, who: str, client: type[Client] = Client, **settings: Any
) -> Connection:
    """Connect as that person, by a client of the test's own that holds no request back."""
    found = credential(sandbox, who)
    webhook = WebhookAuth.parse(sandbox.webhook(who))
    return Connection(
        id=found.pk,
        portal=found.portal,
        person_id=found.person_id,
        client=client(auth=webhook, **{"timeout": 4, "addresses": ANYWHERE, **settings}),
        actor=Actor(found.user_id, who),
    )
