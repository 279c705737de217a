"""The control address: what tests and people ask of the sandbox itself, outside its REST."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from sandbox.applications import LOOPBACK_NAMES
from sandbox.envelope import Reply
from sandbox.faults import Faults
from sandbox.incoming import HttpRequest
from sandbox.switches import Switch, Switches

if TYPE_CHECKING:
    from sandbox.server import Sandbox

FORM = "application/x-www-form-urlencoded"


class Control:
    """Answers everything under /sandbox/."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._routes: dict[tuple[str, str], Callable[[Mapping[str, object]], object]] = {
            ("GET", "requests"): lambda _: [
                dataclasses.asdict(record) for record in sandbox.requests
            ],
            ("DELETE", "requests"): lambda _: sandbox.clear_requests(),
            ("GET", "state"): lambda _: sandbox.portal.snapshot(),
            ("POST", "reset"): lambda _: sandbox.reset(),
            ("GET", "switches"): lambda _: sandbox.switches.as_dict(),
            ("POST", "switches"): self._set_switches,
            ("GET", "faults"): lambda _: _armed(sandbox.faults),
            ("POST", "faults"): lambda values: _arm(sandbox.faults, values),
            ("DELETE", "faults"): lambda _: self._calm(),
            ("GET", "oauth/faults"): lambda _: _armed(sandbox.oauth_faults),
            ("POST", "oauth/faults"): lambda values: _arm(sandbox.oauth_faults, values),
            ("POST", "calm"): lambda _: self._calm(),  # a form cannot send DELETE
            ("POST", "idle"): lambda _: {"idle": sandbox.wait_until_idle()},
            ("GET", "writes"): lambda _: [dataclasses.asdict(write) for write in sandbox.writes],
            ("POST", "rename"): lambda values: sandbox.rename(str(values["name"])),
            ("POST", "tokens/expire"): lambda _: sandbox.authority.tokens.expire(),
            ("POST", "tokens/advance"): self._advance,
            ("POST", "events/forged"): lambda values: sandbox.forge_event(str(values["kind"])),
            ("GET", "events"): lambda _: [
                dataclasses.asdict(delivery) for delivery in sandbox.events.wait()
            ],
        }

    def answer(self, request: HttpRequest) -> Reply:
        """Answer one request; a form is sent back to the page."""
        if not is_local(request):
            return _document({"error": "Only this machine's own pages may control it"}, 403)
        route = self._routes.get((request.verb, request.path.removeprefix("/sandbox/").strip("/")))
        if route is None:
            return _document({"error": "No such control"}, 404)
        try:
            result = route(_values(request))
        except (LookupError, TypeError, ValueError) as error:
            return _document({"error": str(error)}, 400)
        if request.content_type == FORM:
            return Reply(303, headers={"Location": "/devops/"})
        return _document({"ok": True} if result is None else result)

    def _set_switches(self, values: Mapping[str, object]) -> object:
        self._sandbox.switches.set(**{name: _switch(name, value) for name, value in values.items()})
        return self._sandbox.switches.as_dict()

    def _calm(self) -> None:
        self._sandbox.faults.clear()
        self._sandbox.oauth_faults.clear()

    def _advance(self, values: Mapping[str, object]) -> None:
        self._sandbox.authority.tokens.advance(float(str(values["seconds"])))


def _arm(faults: Faults, values: Mapping[str, object]) -> object:
    given = {name: value for name, value in values.items() if value not in (None, "")}
    unknown = set(given) - _ARGUMENTS.keys()
    if unknown:
        raise ValueError(f"Unknown: {', '.join(sorted(unknown))}")
    faults.arm(**{name: _ARGUMENTS[name](str(value)) for name, value in given.items()})
    return _armed(faults)


def _armed(faults: Faults) -> object:
    return [dataclasses.asdict(fault) for fault in faults.armed()]


_ARGUMENTS: dict[str, Callable[[str], Any]] = {
    "name": str,
    "times": int,
    "method": str,
    "seconds": float,
    "code": str,
    "status": int,
    "after": int,
    "host": str,
    "lasting": lambda text: text in ("True", "on"),
    "spreads": lambda text: text in ("True", "on"),
}


def is_local(request: HttpRequest) -> bool:
    """Tell whether the request is addressed to loopback and comes from no foreign page."""
    host = request.headers.get("Host", "")
    if urlsplit(f"//{host}").hostname not in LOOPBACK_NAMES:
        return False
    origin = request.headers.get("Origin")
    return request.verb == "GET" or origin is None or origin == f"http://{host}"


def _values(request: HttpRequest) -> Mapping[str, object]:
    if request.content_type == FORM:
        return dict(parse_qsl(request.body.decode()))
    values = json.loads(request.body) if request.body else {}
    if not isinstance(values, dict):
        raise TypeError("A JSON object is expected")
    return values


def _switch(name: str, value: object) -> Switch:
    """Read a form's on and off; JSON brings booleans itself."""
    if isinstance(getattr(Switches(), name, None), bool) and value in ("on", "off"):
        return value == "on"
    return value if isinstance(value, bool) else str(value)


def _document(value: object, status: int = 200) -> Reply:
    return Reply(status, json.dumps(value).encode())
