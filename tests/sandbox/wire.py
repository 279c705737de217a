"""A plain HTTP client for the tests: it shares nothing with the sandbox or the product."""

from __future__ import annotations

import contextlib
import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

JSON_TYPE = {"Content-Type": "application/json"}
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `body` is decoded JSON, or text when it is something else."""

    status: int
    headers: dict[str, str]
    body: Any

    @property
    def result(self) -> Any:
        """Return the result of a success envelope."""
        assert self.status == 200, self.body
        return self.body["result"]

    @property
    def error(self) -> tuple[int, str]:
        """Return status and code of an error envelope."""
        return self.status, self.body["error"]


def send(
    url: str,
    *,
    verb: str = "GET",
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Send one request over a connection of its own."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=10)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    with contextlib.closing(connection):
        connection.request(verb, target, body, {"Host": parts.netloc, **(headers or {})})
        response = connection.getresponse()
        raw = response.read()
    try:
        decoded = json.loads(raw)
    except ValueError:
        decoded = raw.decode()
    return Answer(response.status, dict(response.getheaders()), decoded)


@dataclass(frozen=True, slots=True)
class Wire:
    """One webhook."""

    base: str

    def get(self, method: str, query: str = "") -> Answer:
        """Call by GET with a ready query string."""
        return send(f"{self.base}{method}?{query}")

    def post(self, method: str, **params: object) -> Answer:
        """Call by POST with a JSON body."""
        body = json.dumps(params).encode()
        return send(self.base + method, verb="POST", body=body, headers=JSON_TYPE)

    def form(self, method: str, body: str) -> Answer:
        """Call by POST with a form body."""
        return send(self.base + method, verb="POST", body=body.encode(), headers=FORM_TYPE)

    def batch(self, *commands: str, halt: object = 0) -> dict[str, Any]:
        """Send commands named c1, c2, ... and return the five maps."""
        cmd = {f"c{number}": command for number, command in enumerate(commands, 1)}
        maps: dict[str, Any] = self.post("batch", halt=halt, cmd=cmd).result
        return maps
