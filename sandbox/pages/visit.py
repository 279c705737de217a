"""One look at a page of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from sandbox import session
from sandbox.entities import User
from sandbox.incoming import HttpRequest
from sandbox.portal import Portal
from sandbox.seed.people import ADA

SLIDER = "IFRAME"


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks, at which address, and whether inside a slider."""

    person: User
    path: str
    query: Mapping[str, str]
    in_slider: bool
    referer: str
    """Path and query of the page of this portal that led here, else empty."""

    @property
    def uri(self) -> str:
        """Return path and query."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def opened_from(self) -> str:
        """Return the page that shows what is opened: a slider lies over another one."""
        return self.referer if self.in_slider else self.uri


def visit(request: HttpRequest, portal: Portal) -> Visit:
    """Read a request for a page; nobody in particular is the administrator."""
    query = dict(parse_qsl(request.query))
    in_slider = request.headers.get("Sec-Fetch-Dest") == "iframe" or query.get(SLIDER) == "Y"
    query.pop(SLIDER, None)
    person = portal.users.get(session.person_id(request) or ADA)
    return Visit(
        person=person if person and person.active else portal.users[ADA],
        path=request.path,
        query=query,
        in_slider=in_slider,
        referer=_own_page(request),
    )


def _own_page(request: HttpRequest) -> str:
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.headers.get("Host"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
