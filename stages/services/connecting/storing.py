"""Keeping what connects a person to a portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from stages.bitrix24.auth import WebhookAuth
from stages.domain.actor import Actor
from stages.models import Change, Credential, Portal
from stages.services import connection_refusals, visitors
from stages.services.connecting import replacing
from stages.services.connecting.checking import Check
from stages.services.connecting.replacing import Bound
from stages.services.history import recording


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a portal: which kind, and the fields of a credential that hold it."""

    kind: Credential.Kind
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Connected:
    """A new connection, and what has ended with the one before."""

    credential: Credential
    ended: Bound


def require_shown(base_url: str) -> None:
    """Refuse a portal that the installation would not show."""
    only: WebhookAuth | None = settings.BITRIX24_WEBHOOK
    if only and not settings.USES_SANDBOX and only.base_url != base_url:
        raise connection_refusals.only_portal(only.host)


def store(*, user: User, portal: Portal, key: Key, check: Check) -> Connected:
    """Keep a key that was seen to work, in place of what the person had for the portal.

    Call it in a transaction.
    """
    by_whom = visitors.actor(user=user)
    ended = replacing.make_way(
        portal=portal, user=user, kind=key.kind, person_id=check.me.id, actor=by_whom
    )
    credential, _ = Credential.objects.update_or_create(
        portal=portal,
        user=user,
        defaults={
            **tested(check),
            "kind": key.kind,
            "person_id": check.me.id,
            "renewing_until": None,
            **key.fields,
        },
    )
    note(credential, Change.Action.CONNECT, by_whom, by=key.kind.label)
    return Connected(credential, ended)


def tested(check: Check) -> dict[str, Any]:
    """Return the fields of a credential that a good test fills."""
    return {
        "person_name": check.me.name[:255],
        "is_portal_admin": check.me.is_portal_admin,
        "scopes": sorted(check.scopes),
        "tested_at": timezone.now(),
        "disabled_reason": "",
    }


def note(credential: Credential, action: Change.Action, by_whom: Actor, **what: str) -> None:
    """Note an event of a connection in the history."""
    told = {**what, "as": credential.person_name or f"person {credential.person_id}"}
    recording.event_of(credential=credential, actor=by_whom, action=action, what=told)
