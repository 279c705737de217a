"""The form that a portal posts into the frame of the app.

https://apidocs.bitrix24.com/settings/interactivity/widget-data.html
"""

from __future__ import annotations

import json

from django.http import HttpRequest

from stages.domain.claim import Claim
from stages.domain.placement import Placement
from stages.embed import posted
from stages.http import form


def claim(request: HttpRequest) -> Claim:
    """Return who says to have opened the app; Refusal for what no portal would post."""
    body = form(request)
    return Claim(
        domain=posted.text(request.GET, "DOMAIN") or posted.text(body, "DOMAIN"),
        member_id=posted.text(body, "member_id"),
        access_token=posted.text(body, "AUTH_ID"),
        refresh_token=posted.text(body, "REFRESH_ID"),
        expires_in=posted.seconds(body, "AUTH_EXPIRES"),
        server=posted.text(body, "SERVER_ENDPOINT"),
        application_token=posted.text(body, "APPLICATION_TOKEN"),
    )


def placement(request: HttpRequest) -> Placement:
    """Return where the app was opened; what cannot be read of it is left out."""
    body = form(request)
    code = body.get("PLACEMENT", "DEFAULT")
    try:
        options = json.loads(body.get("PLACEMENT_OPTIONS", "{}"))
    except (ValueError, RecursionError):
        options = None
    if not isinstance(options, dict):
        options = {}
    # Only texts and numbers mean something to us; `true` would pass for the number 1.
    known = {name: str(value) for name, value in options.items() if type(value) in (str, int)}
    return Placement(code, known)
