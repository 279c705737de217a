"""An application in its frame: the form that opens it, and what the frame may ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sandbox.applications import Installation
from sandbox.opening import Opening
from sandbox.pages.markup import Html, fill, join, template
from sandbox.pages.visit import Visit

if TYPE_CHECKING:
    from sandbox.server import Sandbox

# A slider has the size it has, and a placement is a part of somebody else's page.
DENIED_IN_SLIDER = ("resizeWindow",)
DENIED_IN_PLACEMENT = ("setTitle",)


@dataclass(frozen=True, slots=True)
class Frame:
    """The markup, and the origins a page with it has to allow."""

    html: Html
    origins: tuple[str, ...] = ()


def frame(
    sandbox: Sandbox,
    visit: Visit,
    installation: Installation,
    *,
    placement: str = "DEFAULT",
    handler: str = "",
    options: Mapping[str, str] | None = None,
) -> Frame:
    """Open the application for the visitor, or say why it does not open."""
    if not installation.finished and not visit.person.admin:
        return Frame(
            fill(
                '<p class="note">$title is not installed yet. '
                "An administrator of the portal finishes that.</p>",
                title=installation.app.title,
            )
        )
    opening = sandbox.apps.open(
        installation, visit.person.id, placement=placement, handler=handler, options=options
    )
    return posted(sandbox, visit, installation, opening)


def posted(sandbox: Sandbox, visit: Visit, installation: Installation, opening: Opening) -> Frame:
    """Return the frame of an opening, and the hidden form that is posted into it."""
    origin = origin_of(opening.url)
    denied = [
        *(DENIED_IN_SLIDER if visit.in_slider else ()),
        *(DENIED_IN_PLACEMENT if opening.fields.get("PLACEMENT") != "DEFAULT" else ()),
    ]
    html = fill(
        template("frame"),
        title=installation.app.title,
        origin=origin,
        sid=opening.sid,
        app=f"/marketplace/app/{installation.id}/",
        denied=" ".join(denied),
        init=json.dumps(_init_data(sandbox, visit, installation, opening)),
        name=opening.frame_name,
        url=opening.url,
        fields=join(
            fill('<input type="hidden" name="$name" value="$value">', name=name, value=value)
            for name, value in opening.fields.items()
        ),
    )
    return Frame(html, (origin,))


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _init_data(
    sandbox: Sandbox, visit: Visit, installation: Installation, opening: Opening
) -> dict[str, object]:
    """Return what the page inside gets for `getInitData`."""
    fields = opening.fields
    return {
        "LANG": sandbox.switches.language,
        "DOMAIN": opening.domain,
        "PROTOCOL": 0,
        "PATH": "/rest",
        "AUTH_ID": fields.get("AUTH_ID", ""),
        "AUTH_EXPIRES": fields.get("AUTH_EXPIRES", ""),
        "REFRESH_ID": fields.get("REFRESH_ID", ""),
        "MEMBER_ID": fields.get("member_id", ""),
        "FIRST_RUN": False,
        "IS_ADMIN": visit.person.admin,
        "INSTALL": not installation.finished,
        "USER_OPTIONS": {},
        "APP_OPTIONS": {},
        "PLACEMENT": fields.get("PLACEMENT", ""),
        "PLACEMENT_OPTIONS": _decoded(fields.get("PLACEMENT_OPTIONS", "{}")),
    }


def _decoded(text: str) -> object:
    """Return the placement's options; forged ones need not be JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return {}
