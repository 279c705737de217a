"""Connecting a portal by an inbound webhook."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from stages.bitrix24.auth import WebhookAuth
from stages.bitrix24.client import Client
from stages.domain import scopes
from stages.models import Credential, Portal
from stages.services import (
    connection_refusals,
    installation_webhook,
    portal_pace,
    reach,
    refusals,
    words,
)
from stages.services.connecting import checking, storing
from stages.services.connecting.checking import Check
from stages.services.connecting.storing import Connected, Key


def connect(*, user: User, address: str) -> Connected:
    """Test a webhook, then store it as the person's own; refused in words where it is no good."""
    try:
        webhook = WebhookAuth.parse(address)
    except ValueError as error:
        raise refusals.invalid(f"This cannot be used: {error}.") from None
    storing.require_shown(webhook.base_url)
    check = _tested(webhook)
    fields = {"secret": webhook.code, "refresh_secret": "", "expires_at": None}
    key = Key(Credential.Kind.WEBHOOK, fields)
    with transaction.atomic():
        portal = installation_webhook.portal_at(base_url=webhook.base_url)
        return storing.store(user=user, portal=portal, key=key, check=check)


def _tested(webhook: WebhookAuth) -> Check:
    known = Portal.objects.filter(base_url=webhook.base_url).first()
    client = Client(
        auth=webhook,
        addresses=reach.addresses(),
        bucket=portal_pace.bucket(known),
        timeout=settings.BITRIX24_TIMEOUT,
    )
    with client, words.in_words():
        check = checking.check(client)
    if check.me.id != webhook.user_id:
        raise refusals.invalid("The portal says that this webhook belongs to somebody else.")
    if scopes.STAGES in scopes.missing(check.scopes):
        raise connection_refusals.too_few_scopes()
    return check
