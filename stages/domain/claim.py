"""What somebody who calls himself a portal says of himself."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Claim:
    """The part of a posted form that can be proved; nothing in it is true before it has been.

    `domain` is a host, with a port at most. `access_token` is the one of the person who acts, empty
    where nobody does; `expires_in` is in seconds. `server` is where the token may be asked about,
    empty where that is left to us. What the portal left out is empty.
    """

    domain: str
    member_id: str
    access_token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_in: int = 3600
    server: str = ""
    application_token: str = field(default="", repr=False)
