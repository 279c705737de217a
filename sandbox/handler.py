"""HTTP/1.1 over a socket: reads one request, writes one reply, or breaks off on purpose."""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sandbox.envelope import Cut, Reply
from sandbox.errors import ConnectionDropped
from sandbox.incoming import HttpRequest

LOOPBACK = "127.0.0.1"
IDLE_SECONDS = 60
_LINGER_NOTHING = struct.pack("ii", 1, 0)  # closing then sends a reset instead of a farewell


class Handler(BaseHTTPRequestHandler):
    """Hands requests to the site the server was made for."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "Sandbox"
    sys_version = ""
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True

    def _handle(self) -> None:
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # the client has gone before it had said all
            self.close_connection = True
            return
        request = HttpRequest(
            self.command, path, query, self.headers, body, str(self.client_address[0])
        )
        try:
            with self.server.at_work(self.connection):
                self._send(self.server.site(request))
        except (ConnectionDropped, ConnectionError):
            self.close_connection = True

    def do_GET(self) -> None:
        """Answer a GET."""
        self._handle()

    def do_POST(self) -> None:
        """Answer a POST."""
        self._handle()

    def do_DELETE(self) -> None:
        """Answer a DELETE."""
        self._handle()

    def do_OPTIONS(self) -> None:
        """Answer a preflight."""
        self._handle()

    def _send(self, reply: Reply) -> None:
        if reply.cut is Cut.RESET:
            self._reset()
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.server.leaving:
            self.send_header("Connection", "close")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.cut is Cut.HALF:
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self.close_connection = True
        else:
            self.wfile.write(reply.body)

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOTHING)
        self.rfile.close()  # the socket closes with its last file
        self.connection.close()

    def log_message(self, *_arguments: Any) -> None:
        """Stay silent: request lines carry the webhook's secret."""


class Server(ThreadingHTTPServer):
    """A threaded server that can be stopped with connections open."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, port: int, site: Callable[[HttpRequest], Reply]) -> None:
        self.site = site
        self.leaving = False
        """Nobody is let in any more, so every answer is the last of its connection."""
        self._open: set[socket.socket] = set()
        self._at_work: set[socket.socket] = set()
        super().__init__((LOOPBACK, port), Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection while its thread serves it."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close the connection and forget it."""
        self._open.discard(request)
        super().shutdown_request(request)

    @contextlib.contextmanager
    def at_work(self, connection: socket.socket) -> Iterator[None]:
        """Tell this connection from the idle ones meanwhile."""
        self._at_work.add(connection)
        try:
            yield
        finally:
            self._at_work.discard(connection)

    def hang_up(self, *, idle: bool = False) -> None:
        """End every open connection, or those that wait for a next request."""
        for connection in self._open - self._at_work if idle else set(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
