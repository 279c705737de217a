"""The listening socket, which can be shut for a while, so that connections are refused."""

from __future__ import annotations

import threading
from collections.abc import Callable

from sandbox.envelope import Reply
from sandbox.handler import Server
from sandbox.incoming import HttpRequest

_POLL_SECONDS = 0.02


class Door:
    """Opens and shuts a port; requests that are being answered meanwhile are answered."""

    def __init__(self, port: int, site: Callable[[HttpRequest], Reply]) -> None:
        self.port = port
        self._site = site
        self._lock = threading.RLock()
        self._server: Server | None = None
        self._loop: threading.Thread | None = None
        self._left: list[Server] = []
        self._timer: threading.Timer | None = None

    def open(self) -> None:
        """Listen, at first on a free port where none was asked for."""
        with self._lock:
            self._forget_timer()
            if self._server is not None:
                return
            self._server = Server(self.port, self._site)
            self.port = self._server.server_port
            self._loop = threading.Thread(
                target=self._server.serve_forever, args=(_POLL_SECONDS,), name="sandbox"
            )
            self._loop.start()

    def shut(self, seconds: float | None) -> None:
        """Refuse connections for so long, or until opened again; idle ones end at once."""
        with self._lock:
            server = self._stop_listening()
            if server is None:
                return
            server.hang_up(idle=True)
            if seconds is not None:
                timer = threading.Timer(seconds, lambda: self._open_after(timer))
                self._timer = timer
                timer.start()

    def close(self) -> None:
        """Refuse connections, end all there are, and wait until nobody is at work."""
        with self._lock:
            self._forget_timer()
            self._stop_listening()
            left, self._left = self._left, []
        for server in left:
            server.hang_up()
            server.server_close()

    def _stop_listening(self) -> Server | None:
        server = self._server
        if server is None or self._loop is None:
            return None
        server.leaving = True
        server.shutdown()
        server.socket.close()
        self._loop.join()
        self._left.append(server)
        self._server = self._loop = None
        return server

    def _open_after(self, timer: threading.Timer) -> None:
        with self._lock:
            if self._timer is timer:
                self.open()

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
