"""What the methods about applications share: who may call them, and what they require."""

from __future__ import annotations

from urllib.parse import urlsplit

from sandbox.applications import Installation
from sandbox.errors import RestError, system
from sandbox.php import Array, to_text
from sandbox.process import Call


def installation(call: Call) -> Installation:
    """Return the calling application; a webhook is none."""
    found = call.process.access.installation
    if found is None:
        raise system("WRONG_AUTH_TYPE", detail="Application context required")
    return found


def administered(call: Call) -> Installation:
    """Return the calling application, which must act as an administrator."""
    found = installation(call)
    if not call.person.admin:
        raise system("ACCESS_DENIED")
    return found


def parameters(call: Call) -> Array:
    """Return the parameters by upper-case name."""
    return {name.upper(): value for name, value in call.params.items()}


def required(values: Array, name: str) -> str:
    """Return a text that has to be there."""
    text = to_text(values.get(name))
    if not text:
        raise wrong_argument(name)
    return text


def wrong_argument(name: str) -> RestError:
    """Build the refusal of a missing or wrong argument."""
    return RestError("ERROR_ARGUMENT", f"Argument '{name}' is null or empty", argument=name)


def check_handler(call: Call, url: str) -> None:
    """Refuse an address that the portal would not open."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise RestError("ERROR_UNSUPPORTED_PROTOCOL", "Unsupported event handler protocol")
    host = parts.hostname or ""
    named = "." in host and not host.replace(".", "").isdecimal()
    if not host or (call.process.switches.handler_hosts and not named):
        raise RestError("ERROR_WRONG_HANDLER_URL", "Wrong handler URL")
