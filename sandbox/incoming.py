"""One HTTP request as the portal reads it: address, parameters, body forms."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from sandbox.php import Array, from_json, parse_query, put, to_array

_WEBHOOK_PATH = re.compile(r"/rest/([^/]+)/([^/]+)/([^/]+?)/?")
_TOKEN_PATH = re.compile(r"/rest/([^/]+?)/?")
SECRETS = {"auth", "access_token", "aplogin", "ap"}


@dataclass(slots=True)
class HttpRequest:
    """What came over the wire."""

    verb: str
    path: str
    query: str
    headers: Message
    body: bytes
    address: str

    @property
    def content_type(self) -> str:
        """Return the media type without parameters, empty if there is none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def bearer(self) -> str:
        """Return the token of the Authorization header, if any."""
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        return token.strip() if kind.lower() == "bearer" else ""


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of a REST path; user and code only in a webhook's."""

    method: str
    transport: str
    user_id: str = ""
    code: str = ""


def parse_path(path: str) -> Address | None:
    """Read `/rest/USER/CODE/METHOD.json/` or `/rest/METHOD`."""
    webhook = _WEBHOOK_PATH.fullmatch(path)
    if webhook:
        method, transport = _split_transport(webhook[3])
        return Address(method, transport, webhook[1], webhook[2])
    token = _TOKEN_PATH.fullmatch(path)
    if token:
        return Address(*_split_transport(token[1]))
    return None


def parameters(request: HttpRequest) -> Array:
    """Merge query and body; the body wins."""
    return {**parse_query(request.query), **(_body(request) if request.verb == "POST" else {})}


def public(params: Array) -> Array:
    """Return the parameters without credentials."""
    return {key: value for key, value in params.items() if key not in SECRETS}


def _split_transport(name: str) -> tuple[str, str]:
    method, _, suffix = name.rpartition(".")
    return (method, suffix) if method and suffix in ("json", "xml") else (name, "json")


def _body(request: HttpRequest) -> Array:
    if request.content_type == "application/json":
        # Malformed JSON is no error on the portal: the call goes on without parameters.
        with contextlib.suppress(ValueError, RecursionError):
            return to_array(from_json(json.loads(request.body)))
        return {}
    if request.content_type in ("", "application/x-www-form-urlencoded"):
        return parse_query(request.body.decode(errors="replace"))
    if request.content_type == "multipart/form-data":
        return _multipart(request)
    return {}


def _multipart(request: HttpRequest) -> Array:
    header = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    fields: Array = {}
    for part in message_from_bytes(header + request.body).walk():
        name = part.get_param("name", header="Content-Disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            put(fields, name, content.decode(errors="replace"))
    return fields
