"""A portal that says what it is told to say, over a real socket."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

Answer = Callable[["Handler"], None]

SECRET = "s3cr3tc0de"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        as_json = self.headers["Content-Type"] == "application/json"
        read = json.loads(body) if as_json else dict(parse_qsl(body.decode()))
        self.server.requests.append((self.path, read))
        self.server.headers.append(dict(self.headers))
        answers = self.server.answers
        (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name in the base class
        pass


class Server(ThreadingHTTPServer):
    """Gives its answers in turn, the last one for ever."""

    daemon_threads = True

    def __init__(self, *answers: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = list(answers)
        self.requests: list[tuple[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.connections = 0
        self.closed = threading.Semaphore(0)  # released for each connection that was closed

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        self.closed.release()

    @property
    def webhook(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/rest/1/{SECRET}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: a client that hangs up in the middle is what some tests are about."""


def raw(body: bytes | str, status: int = 200, **headers: str) -> Answer:
    """Answer with this body."""
    content = body.encode() if isinstance(body, str) else body

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def result(value: object, **more: object) -> Answer:
    """Answer a call."""
    return raw(json.dumps({"result": value, **more}), Content_Type="application/json")


def refusal(code: str, status: int = 400) -> Answer:
    """Refuse a call."""
    return raw(json.dumps({"error": code, "error_description": "<b>No</b>"}), status)


def hang_up(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def half(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"result":')
    handler.close_connection = True


def silent_until(released: threading.Event, *, after: bytes = b"") -> Answer:
    """Say nothing, or nothing after the beginning of a body, until released."""

    def answer(handler: Handler) -> None:
        if after:
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(after)
        released.wait(10)
        handler.close_connection = True

    return answer
