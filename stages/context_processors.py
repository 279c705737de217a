"""What every page shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, Any]:
    """Return the portal that is edited, and whether there is a sign-in that can be ended."""
    webhook = settings.BITRIX24_WEBHOOK
    return {
        "portal_host": webhook.host if webhook else "",
        "portal_url": webhook.base_url if webhook else "",
        "portal_is_sandbox": settings.USES_SANDBOX,
        "signed_in": not settings.LOCAL and getattr(request, "user", None) is not None,
    }
