"""What every page shows."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.db import Error
from django.http import HttpRequest

from stages.http import PortalRequest
from stages.services.connections import Connection
from stages.services.refusals import Refusal


def installation(request: HttpRequest) -> dict[str, Any]:
    """Return who is there, the portal that is edited, and who lent the connection to it.

    Nothing of it is there on a page that says why nothing is.
    """
    signed_in, connection = False, None
    try:
        user = getattr(request, "user", None)
        signed_in = user is not None and user.is_authenticated
        connection = _connection(request) if signed_in else None
    except Error:
        pass
    portal, grant = (connection.portal, connection.grant) if connection else (None, None)
    return {
        "signed_in": signed_in,
        "may_sign_out": signed_in and not settings.LOCAL,
        "portal_slug": portal.slug if portal else "",
        "portal_host": portal.host if portal else "",
        "portal_url": portal.base_url if portal else "",
        "portal_is_sandbox": _is_sandbox(portal.base_url if portal else ""),
        "is_lent": grant is not None,
        "lender": grant.lender if grant else "",
    }


def _connection(request: HttpRequest) -> Connection | None:
    connection = getattr(cast(PortalRequest, request), "connection", None)
    try:
        return connection if connection else None
    except Refusal:
        return None


def _is_sandbox(base_url: str) -> bool:
    return settings.USES_SANDBOX and base_url == settings.SANDBOX_URL.rstrip("/")
