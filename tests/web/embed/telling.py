"""What a portal's queue tells of the app, true or made up."""

from __future__ import annotations

from collections.abc import Mapping

from django.test import Client

from sandbox.oauth.tokens import Pair
from sandbox.php import Json, build_query
from sandbox.server import Sandbox
from tests.web.embed.frame import HOST, PLAIN


def post(form: Mapping[str, Json], **changed: str) -> int:
    """Post an event as the portal's queue does, with changes to `auth`."""
    auth = form["auth"]
    assert isinstance(auth, dict)
    body = build_query({**form, "auth": {**auth, **changed}})
    client = Client(headers={"host": HOST})
    return client.post("/embed/events/", body, content_type=PLAIN).status_code


def send(portal: Sandbox, event: str, pair: Pair | None = None, **changed: str) -> int:
    """Tell what may have happened or not."""
    form = portal.events.form(portal.installation, event, {"CLEAN": "0"}, pair)
    return post(form, **changed)


def uninstalled(portal: Sandbox, *, clean: bool = False, auth: Mapping[str, str] = {}) -> int:
    """Take the app away, and tell so."""
    installation = portal.installation
    portal.authority.uninstall(installation)
    data: dict[str, Json] = {"CLEAN": "1" if clean else "0"}
    form = portal.events.form(installation, "ONAPPUNINSTALL", data, None)
    return post(form, **auth)
