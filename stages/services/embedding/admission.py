"""Taking down who has opened the app, and that it is installed."""

from __future__ import annotations

import time
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from stages.models import Credential, Installation, Portal
from stages.services import known_portals
from stages.services.embedding.proof import Proven
from stages.services.frames import FrameSession


def username(member_id: str) -> str:
    """Return how the names of a portal's people begin; a portal may move, so not with its host."""
    return f"bitrix24-{member_id}-"


def admit(proven: Proven) -> FrameSession:
    """Return the session of whoever has proved to have opened the app, with their own tokens."""
    with transaction.atomic():
        portal = known_portals.known_as(proven.holder)
        note_installation(portal, proven)
        credential = _credential(portal, proven)
    return FrameSession(credential, time.time())


def note_installation(portal: Portal, proven: Proven) -> None:
    """Take down the installation; what an uninstalled one waited for is off."""
    installation, _ = Installation.objects.get_or_create(portal=portal)
    installation.version = proven.holder.version[:20]
    installation.uninstalled_at = installation.delete_after = None
    installation.unchecked_since, installation.unchecked_clean = None, False
    # It passes through everybody's browser: only an administrator's opening vouches for it.
    if proven.claim.application_token and proven.me.is_portal_admin:
        installation.application_token = proven.claim.application_token
    installation.save()


def _credential(portal: Portal, proven: Proven) -> Credential:
    claim, me = proven.claim, proven.me
    credential, _ = Credential.objects.update_or_create(
        portal=portal,
        user=_user(portal, proven),
        defaults={
            "kind": Credential.Kind.OAUTH,
            "person_id": me.id,
            "person_name": me.name[:255],
            "is_portal_admin": me.is_portal_admin,
            "scopes": sorted(proven.holder.scopes),
            "secret": claim.access_token,
            "refresh_secret": claim.refresh_token,
            "expires_at": timezone.now() + timedelta(seconds=claim.expires_in),
            "renewing_until": None,
            "disabled_reason": "",
            "tested_at": timezone.now(),
        },
    )
    return credential


def _user(portal: Portal, proven: Proven) -> User:
    """Return the user that stands for a person of a portal; nobody can sign in as one."""
    name = f"{username(portal.member_id)}{proven.me.id}"
    user, created = User.objects.get_or_create(username=name)
    if created:
        user.set_unusable_password()
    user.first_name, user.last_name = proven.me.name[:150], ""
    user.save()
    return user
