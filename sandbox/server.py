"""The sandbox as a running server."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from sandbox import page
from sandbox.control import Control
from sandbox.entities import Webhook
from sandbox.envelope import Reply, html
from sandbox.errors import ConnectionDropped
from sandbox.faults import Faults
from sandbox.handler import Server
from sandbox.incoming import HttpRequest
from sandbox.limits import Bucket
from sandbox.portal import Portal
from sandbox.requestlog import RequestLog, RequestRecord
from sandbox.rest import RestServer
from sandbox.switches import Switch, Switches

APP_URL = "http://127.0.0.1:8000/"
_POLL_SECONDS = 0.02


class Sandbox:
    """An emulated portal on a local port; port 0 picks a free one and keeps it."""

    def __init__(
        self,
        port: int = 0,
        *,
        app_url: str = APP_URL,
        clock: Callable[[], float] = time.monotonic,
        **switches: Switch,
    ) -> None:
        self.portal = Portal()
        self.switches = Switches()
        self.switches.set(**switches)
        self.faults = Faults()
        self.app_url = app_url
        self._first_switches = self.switches.as_dict()
        self._bucket = Bucket(self.switches, clock)
        self._log = RequestLog()
        self._stopping = threading.Event()
        self._rest = RestServer(
            portal=self.portal,
            switches=self.switches,
            faults=self.faults,
            bucket=self._bucket,
            log=self._log,
            pause=self._pause,
        )
        self._control = Control(self)
        self._port = port
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Return the address without a trailing slash."""
        return f"http://localhost:{self._port}"

    @property
    def requests(self) -> list[RequestRecord]:
        """Return the recorded REST requests, oldest first."""
        return self._log.all()

    def clear_requests(self) -> None:
        """Forget the recorded requests."""
        self._log.clear()

    def webhook(self, who: str) -> str:
        """Return the webhook address of `admin`, `lead`, `member`, `narrow` or `dismissed`."""
        return self.url + self.find_webhook(who).path

    def find_webhook(self, who: str) -> Webhook:
        """Return the webhook itself, for a test that narrows its scopes."""
        return next(hook for hook in self.portal.webhooks if hook.code == f"sandbox-{who}")

    def reset(self) -> None:
        """Go back to the start: company, switches, faults, bucket and records."""
        self.portal.reset()
        self.switches.set(**self._first_switches)
        self.faults.clear()
        self._bucket.empty()
        self._log.clear()

    def start(self) -> None:
        """Listen in a thread; after a stop, on the same port."""
        self._stopping.clear()
        self._server = Server(self._port, self._site)
        self._port = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_SECONDS,), name="sandbox"
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and drop every connection; the state stays."""
        if self._server is None or self._thread is None:
            return
        self._stopping.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _site(self, request: HttpRequest) -> Reply:
        if request.path.startswith("/rest/"):
            return self._rest.answer(request)
        if request.path.startswith("/sandbox/"):
            return self._control.answer(request)
        if request.path == "/":
            return page.overview(self)
        if request.path == page.STYLE_PATH:
            return page.style()
        return html(404, "Not Found")

    def _pause(self, seconds: float) -> None:
        if self._stopping.wait(seconds):
            raise ConnectionDropped


def run(port: int, app_url: str = APP_URL, *, ready: Callable[[str], None] | None = None) -> None:
    """Serve until SIGINT or SIGTERM; `ready` gets the address once the sandbox listens."""
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    with Sandbox(port, app_url=app_url) as sandbox:
        if ready is not None:
            ready(sandbox.url)
        done.wait()
