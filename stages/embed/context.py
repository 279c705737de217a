"""What pages in a frame show differently."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from stages.embed import session
from stages.services.frames import Frame


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame, with its session in the place of the CSRF token; outside of one nothing."""
    found: Frame | None = getattr(request, "frame", None)
    if found is None:
        return {}
    return {
        "frame": found,
        "frame_lifetime": session.LIFETIME,
        "csrf_token": session.text(found),
        "portal_url": found.portal_url,
    }
