"""The webhook in the installation's settings, as a credential of who may use it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.text import slugify

from stages.bitrix24.auth import WebhookAuth
from stages.models import Credential, Portal


def ensure(*, user: User, webhook: WebhookAuth) -> None:
    """Give the person the credential, unless they have one of their own for that portal.

    The secret stays in the settings.
    """
    kind = Credential.Kind.SETTING
    credential, _ = Credential.objects.get_or_create(
        portal=portal_at(base_url=webhook.base_url),
        user=user,
        defaults={"kind": kind, "person_id": webhook.user_id},
    )
    if credential.kind == kind and credential.person_id != webhook.user_id:
        credential.person_id = webhook.user_id
        credential.save(update_fields=["person_id"])


def portal_at(*, base_url: str) -> Portal:
    """Return the portal with this address, noted down at its first sight."""
    host = base_url.partition("://")[2]
    slug = slugify(host.replace(".", "-").replace(":", "-"))[:63] or "portal"
    known = Portal.objects.filter(slug=slug).exclude(base_url=base_url).exists()
    if known:
        slug = f"{slug[:50]}-{Portal.objects.count() + 1}"
    return Portal.objects.get_or_create(base_url=base_url, defaults={"slug": slug})[0]
