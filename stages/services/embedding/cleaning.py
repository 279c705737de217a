"""Deleting what is stored of portals that took the app away and asked for it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from stages.models import Credential, Installation, Portal
from stages.services.embedding import admission, uninstalling


def delete_due() -> list[str]:
    """Delete the data of portals whose time is over, and return their hosts.

    Whether a portal took the app away is found out first, where that could not be checked before.
    """
    uninstalling.check()
    due = Installation.objects.select_related("portal").filter(delete_after__lte=timezone.now())
    hosts = []
    for installation in due:
        hosts.append(installation.portal.host)
        _delete(installation.portal)
    return hosts


def _delete(portal: Portal) -> None:
    """Delete a portal with all that is stored of it, but for webhooks that people brought."""
    with transaction.atomic():
        people = User.objects.filter(credentials__portal=portal)
        people.filter(username__startswith=admission.username(portal.member_id)).delete()
        brought = portal.credentials.exclude(kind=Credential.Kind.OAUTH)
        if brought.exists():
            brought.update(portal=_successor(portal))
        portal.delete()


def _successor(portal: Portal) -> Portal:
    """Return a new row for the same address, with nothing in it."""
    kept = {"slug": portal.slug, "base_url": portal.base_url, "plan": portal.plan}
    portal.slug, portal.base_url = f"gone-{portal.pk}", f"https://{portal.pk}.invalid"
    portal.save(update_fields=["slug", "base_url"])
    return Portal.objects.create(**kept)
