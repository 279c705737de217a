"""The form in which a portal tells of an event.

https://apidocs.bitrix24.com/api-reference/events/index.html
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from stages.domain.claim import Claim
from stages.embed import posted
from stages.http import form


@dataclass(frozen=True, slots=True)
class Event:
    """What has happened, who says so, and what the portal adds; `clean` belongs to an uninstall."""

    name: str
    claim: Claim
    clean: bool


def read(request: HttpRequest) -> Event:
    """Return the event of a request; Refusal for what no portal would post."""
    body = form(request)
    return Event(
        name=posted.text(body, "event").upper(),
        claim=Claim(
            domain=posted.text(body, "auth[domain]"),
            member_id=posted.text(body, "auth[member_id]"),
            access_token=posted.text(body, "auth[access_token]"),
            server=posted.text(body, "auth[server_endpoint]"),
            application_token=posted.text(body, "auth[application_token]"),
        ),
        clean=posted.text(body, "data[CLEAN]") == "1",
    )
