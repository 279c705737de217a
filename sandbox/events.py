"""The event sender: delayed, in no order, and never a second time."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.applications import LOOPBACK_NAMES, EventHandler, Installation
from sandbox.oauth.tokens import ACCESS_SECONDS, Pair
from sandbox.php import Json, build_query

_ANSWER_SECONDS = 10.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Bitrix24 Webhook"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event sent to one handler; status 0 means that nothing answered."""

    event: str
    handler: str
    status: int


class Sender:
    """Posts events from threads of their own, about `delay` seconds later."""

    def __init__(self, stopping: threading.Event, server_endpoint: Callable[[], str]) -> None:
        self.delay = 0.1
        self.deliveries: list[Delivery] = []
        self._stopping = stopping
        self._server_endpoint = server_endpoint
        self._threads: list[threading.Thread] = []
        self._forgotten = threading.Event()

    def send(
        self,
        installation: Installation,
        event: str,
        data: Mapping[str, Json],
        pair: Pair | None,
    ) -> None:
        """Send the event to each handler that has bound it."""
        for handler in [bound for bound in installation.handlers if bound.event == event]:
            self.deliver(handler, self.form(installation, event, data, pair, handler.id))

    def deliver(self, handler: EventHandler, form: Mapping[str, Json]) -> None:
        """Send a form to one handler, whatever it says."""
        body = build_query(dict(form))
        arguments = (handler, body, self._forgotten)
        thread = threading.Thread(target=self._deliver, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def form(
        self,
        installation: Installation,
        event: str,
        data: Mapping[str, Json],
        pair: Pair | None,
        handler_id: int = 1,
    ) -> dict[str, Json]:
        """Return the fields of an event."""
        return {
            "event": event,
            "event_handler_id": handler_id,
            "data": dict(data),
            "ts": int(time.time()),
            "auth": self.auth(installation, pair),
        }

    def auth(self, installation: Installation, pair: Pair | None) -> dict[str, Json]:
        """Return the credentials of a life cycle's event; an uninstalling one has no tokens."""
        account = installation.account
        auth: dict[str, Json] = {
            "domain": account.domain,
            "client_endpoint": account.endpoint,
            "server_endpoint": self._server_endpoint(),
            "member_id": account.member_id,
            "application_token": installation.token,
        }
        if pair is not None:
            auth["access_token"] = pair.access
            auth["refresh_token"] = pair.refresh
            auth["expires_in"] = ACCESS_SECONDS
            auth["scope"] = ",".join(sorted(pair.scopes))
            auth["status"] = installation.app.status
            auth["user_id"] = pair.user_id
        return auth

    def wait(self, seconds: float = 5.0) -> list[Delivery]:
        """Wait until everything on its way has arrived; return all deliveries."""
        for thread in self._threads:
            thread.join(seconds)
        return list(self.deliveries)

    def clear(self) -> None:
        """Forget the deliveries so far, and those on their way."""
        self._forgotten.set()
        self._forgotten = threading.Event()
        self.deliveries = []
        self._threads = []

    def _deliver(self, handler: EventHandler, body: str, forgotten: threading.Event) -> None:
        if self._stopping.wait(self.delay * random.uniform(0.5, 1.5)) or forgotten.is_set():
            return
        status = _post(handler.handler, body.encode())
        if not forgotten.is_set():
            self.deliveries.append(Delivery(handler.event, handler.handler, status))


def _post(url: str, body: bytes) -> int:
    """Post to a handler on this machine; a sandbox sends nothing anywhere else."""
    parts = urlsplit(url)
    if parts.hostname not in LOOPBACK_NAMES:
        return 0
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        connection = http.client.HTTPConnection(
            parts.hostname, parts.port or 80, timeout=_ANSWER_SECONDS
        )
        connection.request("POST", path, body, _FORM)
        status = connection.getresponse().status
        connection.close()
    except (OSError, http.client.HTTPException):
        return 0
    return status
