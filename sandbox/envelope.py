"""HTTP replies and the portal's two envelopes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum

from sandbox.errors import DOCUMENTED_STATUS, RestError
from sandbox.php import Json, to_json
from sandbox.process import Page
from sandbox.stopwatch import Stopwatch
from sandbox.switches import Switches

JSON_TYPE = "application/json; charset=utf-8"
HTML_TYPE = "text/html; charset=utf-8"


class Cut(Enum):
    """How much of a reply reaches the client."""

    NOTHING = "nothing"
    HALF = "half"
    RESET = "reset"


@dataclass(slots=True)
class Reply:
    """One HTTP answer."""

    status: int
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    cut: Cut = Cut.NOTHING
    error: str | None = None


def document(value: Json, *, status: int = 200) -> Reply:
    """Answer with a JSON document."""
    return Reply(status, json.dumps(to_json(value)).encode())


def html(status: int, text: str) -> Reply:
    """Answer with a page, as front ends do on bad days."""
    body = f"<html><head><title>{text}</title></head><body><h1>{status} {text}</h1></body></html>"
    return Reply(status, body.encode(), HTML_TYPE)


def success(page: Page, stopwatch: Stopwatch, switches: Switches) -> Reply:
    """Answer with the success envelope; paging stands beside the result."""
    envelope: dict[str, Json] = {"result": page.result}
    if page.next is not None:
        envelope["next"] = page.next
    if page.total is not None:
        envelope["total"] = page.total
    return document({**envelope, "time": stopwatch.block(switches)})


def refusal(error: RestError, switches: Switches) -> Reply:
    """Answer with the error envelope."""
    status = error.status
    if switches.doc_statuses:
        status = DOCUMENTED_STATUS.get(error.code, status)
    reply = document(error.body(), status=status)
    reply.error = error.code
    return reply
