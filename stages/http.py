"""The request as views see it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from stages.services.connections import Connection


class PortalRequest(HttpRequest):
    """A request of a signed-in person; `connection` is made when it is first used.

    `portal_slug` is the portal's where the address names one, else empty.
    """

    htmx: HtmxDetails
    portal_slug: str
    connection: Connection
