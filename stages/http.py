"""The request as views see it, and what of it a view can do without."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django_htmx.middleware import HtmxDetails

from stages.services.connections import Connection
from stages.services.frames import Frame

View = TypeVar("View", bound=Callable[..., Any])


class PortalRequest(HttpRequest):
    """A request of a signed-in person; `connection` is made when it is first used.

    `portal_slug` is the portal's where the address names one, else empty. `frame` is a portal's
    around the page, None where the page stands alone.
    """

    htmx: HtmxDetails
    portal_slug: str
    connection: Connection
    frame: Frame | None


def portal_not_required(view: View) -> View:
    """Let a view answer who has no connection to a portal; without this it is not even called."""
    view.__dict__["portal_required"] = False
    return view


def form(request: HttpRequest) -> QueryDict:
    """Return the fields of a posted form, none where it is one that no browser sends.

    Such a form is too large, broken off, or in strange letters; Django refuses it anew each time
    it is looked at, also by the page that says so.
    """
    try:
        return request.POST
    except (BadRequest, MultiPartParserError, SuspiciousOperation):
        return QueryDict()


def as_admin(request: HttpRequest) -> bool:
    """Tell whether the person has switched on acting as administrator, for this visit."""
    fields = request.POST if request.method == "POST" else request.GET
    return fields.get("as_admin") == "1"


def visitor_address(request: HttpRequest) -> str | None:
    """Return the address a request came from: what the trusted proxy says, else the peer's."""
    told = request.headers.get(settings.TRUSTED_PROXY_HEADER, "")
    # A proxy adds what it sees to the end of a list that the visitor may have begun.
    for address in (told.rpartition(",")[2].strip(), request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            continue
    return None
