"""Applications, the portals they are installed on, and what they bind there."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sandbox.php import Json

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
APP_SCOPES = frozenset({"task", "sonet_group", "socialnetwork", "user_brief", "rpa", "placement"})


@dataclass(slots=True)
class Application:
    """What the form of an application holds."""

    client_id: str
    client_secret: str = field(repr=False)
    title: str
    handler_url: str
    install_url: str = ""
    """Empty: the application counts as installed at once."""
    scopes: frozenset[str] = APP_SCOPES
    status: str = "L"
    version: int = 1


@dataclass(slots=True)
class Account:
    """A portal as the authorization server knows it."""

    member_id: str
    domain: str

    @property
    def endpoint(self) -> str:
        """Return the address of the portal's REST interface: https on other machines."""
        own = urlsplit(f"//{self.domain}").hostname in LOOPBACK_NAMES
        return f"{'http' if own else 'https'}://{self.domain}/rest/"


@dataclass(slots=True)
class Placement:
    """A place in the portal's pages that opens a handler."""

    id: int
    code: str
    handler: str
    title: str
    description: str = ""
    group_name: str = ""
    lang_all: dict[str, Json] = field(default_factory=dict)
    options: dict[str, Json] = field(default_factory=dict)
    user_id: int = 0


@dataclass(slots=True)
class EventHandler:
    """An address that wants to hear of an event."""

    id: int
    event: str
    handler: str
    user_id: int = 0


@dataclass(slots=True)
class Installation:
    """An application on one portal; `finished` once its install page has said so."""

    id: int
    app: Application
    account: Account
    token: str = field(repr=False)
    finished: bool = False
    present: bool = True
    """False once the application has been taken off the portal."""
    paid: bool = True
    placements: list[Placement] = field(default_factory=list)
    handlers: list[EventHandler] = field(default_factory=list)
    without_access: set[int] = field(default_factory=set)
    """People whom the portal's administrator does not let use the application."""
    last_id: int = 0

    def next_id(self) -> int:
        """Return a new id for a placement or an event handler."""
        self.last_id += 1
        return self.last_id
