"""The form that a portal posts into the frame of an application."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sandbox.applications import Installation
from sandbox.oauth.tokens import ACCESS_SECONDS, Pair
from sandbox.switches import Switches

OMITTED_EMPTY = {"AUTH_ID", "REFRESH_ID"}


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the form goes and what it carries."""

    url: str
    fields: dict[str, str]
    domain: str
    sid: str

    @property
    def frame_name(self) -> str:
        """Return the name of the frame, from which the page inside learns where it is."""
        return f"{self.domain}|0|{self.sid}"


def opening(
    installation: Installation,
    pair: Pair | None,
    *,
    handler: str,
    placement: str,
    options: Mapping[str, str],
    server_endpoint: str,
    switches: Switches,
) -> Opening:
    """Build the form; without a pair of tokens the person may not use the application."""
    sid = secrets.token_hex(16)
    domain = installation.account.domain
    query = urlencode(
        {"DOMAIN": domain, "PROTOCOL": "0", "LANG": switches.language, "APP_SID": sid}
    )
    fields = {
        "AUTH_ID": pair.access if pair else "",
        "AUTH_EXPIRES": str(ACCESS_SECONDS),
        "REFRESH_ID": pair.refresh if pair else "",
        "SERVER_ENDPOINT": server_endpoint,
        "APPLICATION_TOKEN": installation.token,
        "APPLICATION_SCOPE": ",".join(sorted(installation.app.scopes)),
        "member_id": installation.account.member_id,
        "status": installation.app.status,
        "PLACEMENT": placement,
    }
    if options:
        fields["PLACEMENT_OPTIONS"] = json.dumps(dict(options))
    for name in switches.omitted_fields:
        if name in OMITTED_EMPTY:
            fields[name] = ""
        else:
            fields.pop(name, None)
    separator = "&" if "?" in handler else "?"
    return Opening(f"{handler}{separator}{query}", fields, domain, sid)
