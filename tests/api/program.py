"""A program that uses the API, over Django's test client."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

API = "/api/v1/"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> str:
        """The code of an error, which has the one shape of errors."""
        assert set(self.body) - {"fields"} == {"code", "detail"}
        assert self.body["detail"].endswith(".")
        code: str = self.body["code"]
        return code

    @property
    def error(self) -> tuple[int, str]:
        return self.status, self.code

    @property
    def etag(self) -> str:
        return self.headers["ETag"]


class Program:
    def __init__(self, secret: str = "") -> None:
        self.secret = secret
        self.client = Client(headers={"host": "127.0.0.1:8000"}, raise_request_exception=False)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send a body as JSON, or bytes and text as they are."""
        if self.secret:
            headers.setdefault("Authorization", f"Bearer {self.secret}")
        data = body if isinstance(body, bytes | str) else json.dumps(body)
        sent = "" if body is None else data
        kind = headers.pop("Content-Type", "application/json")
        address = path if path.startswith("/") else API + path
        response = self.client.generic(method, address, sent, kind, headers=headers)
        return Answer(response.status_code, _read(response.content), dict(response.headers))

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.ask("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        return self.ask("PATCH", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Answer:
        return self.ask("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Answer:
        return self.ask("DELETE", path, **headers)


def _read(content: bytes) -> Any:
    return json.loads(content) if content else None
