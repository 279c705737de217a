"""Where an installation may call."""

from __future__ import annotations

from django.conf import settings

from stages.bitrix24.addresses import ANYWHERE, Addresses


def addresses() -> Addresses:
    """Return where portals and authorization servers may be: deployed, not in here."""
    return ANYWHERE if settings.LOCAL else Addresses(hosts=frozenset(settings.PORTAL_HOSTS))
