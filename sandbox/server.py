"""The sandbox as a running server."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from sandbox.app_defaults import CLIENT_ID, CLIENT_SECRET, OAUTH_PATH, oauth_url
from sandbox.applications import Application, EventHandler, Installation
from sandbox.auth import Gate
from sandbox.control import Control
from sandbox.door import Door
from sandbox.entities import Webhook
from sandbox.envelope import Reply
from sandbox.errors import ConnectionDropped
from sandbox.events import Sender
from sandbox.faults import Faults
from sandbox.forgery import Forger
from sandbox.incoming import HttpRequest
from sandbox.journal import Journal, Write
from sandbox.limits import Bucket
from sandbox.misbehaviour import moved
from sandbox.oauth.authority import Authority
from sandbox.oauth.endpoint import OAuthEndpoint
from sandbox.opening import Opening
from sandbox.pages import site
from sandbox.portal import Portal
from sandbox.portal_apps import PortalApps
from sandbox.requestlog import RequestLog, RequestRecord
from sandbox.rest import RestServer
from sandbox.seed.people import ADA
from sandbox.switches import Switch, Switches

APP_URL = "http://127.0.0.1:8000/"


class Sandbox:
    """An emulated portal on a local port; port 0 picks a free one and keeps it."""

    def __init__(
        self,
        port: int = 0,
        *,
        app_url: str = APP_URL,
        member_id: str = "",
        authority: Authority | None = None,
        clock: Callable[[], float] = time.monotonic,
        **switches: Switch,
    ) -> None:
        self._door = Door(port, self._site)
        self.portal = Portal()
        self.switches = Switches()
        self.switches.set(**switches)
        self.faults = Faults(cleared=self._open_door)
        self.app_url = app_url
        self._first_switches = self.switches.as_dict()
        self._bucket = Bucket(self.switches, clock)
        self._log = RequestLog()
        self._oauth_log = RequestLog()
        self._journal = Journal()
        self._stopping = threading.Event()
        self._over = threading.Event()  # what waits for its time, it waits for no longer
        self.authority = authority or Authority(self.switches, lambda: oauth_url(self._door.port))
        self._owns_authority = authority is None
        self.oauth_faults = Faults()
        self.events = Sender(self._stopping, lambda: self.authority.endpoint)
        self.apps = PortalApps(
            portal=self.portal,
            switches=self.switches,
            authority=self.authority,
            sender=self.events,
            app=default_app(app_url),
            member_id=member_id,
        )
        self.forger = Forger(self.apps)
        self._oauth = OAuthEndpoint(
            authority=self.authority,
            switches=self.switches,
            faults=self.oauth_faults,
            log=self._oauth_log,
            pause=self._pause,
            shut=self._door.shut,
        )
        self._rest = RestServer(
            portal=self.portal,
            switches=self.switches,
            faults=self.faults,
            bucket=self._bucket,
            log=self._log,
            journal=self._journal,
            gate=Gate(self.portal, self.switches, self.authority, self.apps.account),
            pause=self._pause,
            shut=self._door.shut,
        )
        self._control = Control(self)

    @property
    def url(self) -> str:
        """Return the address without a trailing slash."""
        return f"http://localhost:{self._door.port}"

    @property
    def requests(self) -> list[RequestRecord]:
        """Return the recorded REST requests, oldest first."""
        return self._log.all()

    @property
    def oauth_requests(self) -> list[RequestRecord]:
        """Return what the authorization server was asked: `oauth.token` and `app.info`."""
        return self._oauth_log.all()

    @property
    def writes(self) -> list[Write]:
        """Return every write the portal has executed, also where its answer was lost."""
        return self._journal.all()

    def rename(self, name: str) -> None:
        """Give the portal another loopback name; requests to the old one are led to it by 302."""
        self.apps.rename(name)

    def wait_until_idle(self, seconds: float = 10.0) -> bool:
        """Wait until no REST request is at work, also none whose client has gone."""
        return self._rest.in_flight.wait(seconds)

    def clear_requests(self) -> None:
        """Forget the recorded requests and writes."""
        self._log.clear()
        self._oauth_log.clear()
        self._journal.clear()

    @property
    def oauth_url(self) -> str:
        """Return the base address of the authorization server, without a trailing slash."""
        return self.authority.url

    @property
    def domain(self) -> str:
        """Return the portal's host and port."""
        return self.apps.account.domain

    @property
    def member_id(self) -> str:
        """Return the portal's identity, known once it has been started."""
        return self.apps.account.member_id

    @property
    def app(self) -> Application:
        """Return the application the portal starts with."""
        return self.apps.app

    @property
    def installation(self) -> Installation:
        """Return that application's installation; raise LookupError when it was taken away."""
        found = self.apps.of(self.app.client_id)
        if found is None:
            raise LookupError("The application is not on the portal")
        return found

    def open_app(
        self,
        user_id: int,
        placement: str = "DEFAULT",
        *,
        options: dict[str, str] | None = None,
    ) -> Opening:
        """Return the form with which the portal opens the application, for tests to post."""
        return self.apps.open(self.installation, user_id, placement=placement, options=options)

    def forge_opening(self, kind: str, user_id: int = ADA) -> Opening:
        """Return a form that the portal would never send, of a kind in `forgery.OPENINGS`."""
        return self.forger.opening(kind, user_id)

    def forge_event(self, kind: str, handler: str = "") -> None:
        """Send an event of a kind in `forgery.EVENTS`; `events.wait` tells how it was answered."""
        form = self.forger.event(kind)
        url = handler or f"{self.app.handler_url}events/"
        self.events.deliver(EventHandler(0, str(form["event"]), url), form)

    def webhook(self, who: str) -> str:
        """Return the webhook address of `admin`, `lead`, `member`, `narrow` or `dismissed`."""
        return self.url + self.find_webhook(who).path

    def find_webhook(self, who: str) -> Webhook:
        """Return the webhook itself, for a test that narrows its scopes."""
        return next(hook for hook in self.portal.webhooks if hook.code == f"sandbox-{who}")

    def reset(self) -> None:
        """Go back to the start: company, switches, faults, bucket and records.

        Requests that still wait under a fault are dropped: they belong to what was before.
        """
        self._drop_waiting()
        self.portal.reset()
        self.switches.set(**self._first_switches)
        self.faults.clear()
        self.oauth_faults.clear()
        self._bucket.empty()
        self.clear_requests()
        self.events.clear()
        self.apps.reset()
        if self._owns_authority:
            self.authority.rewind()

    def start(self) -> None:
        """Listen in a thread; after a stop, on the same port."""
        self._stopping.clear()
        self._door.open()
        self.apps.settle(self._door.port)

    def stop(self) -> None:
        """Stop listening and drop every connection; the state stays."""
        self._stopping.set()
        self._drop_waiting()
        self._door.close()

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
        if request.path.startswith("/sandbox/"):
            return self._control.answer(request)
        if request.path.startswith(f"{OAUTH_PATH}/"):
            return self._oauth.answer(request, request.path.removeprefix(OAUTH_PATH))
        if request.headers.get("Host") in self.apps.former_domains:
            return moved(request, f"http://{self.domain}")
        if request.path.startswith("/rest/"):
            return self._rest.answer(request)
        return site.answer(self, request)

    def _open_door(self) -> None:
        """Listen again after a fault, unless the sandbox has been stopped or never started."""
        if self.domain and not self._stopping.is_set():
            self._door.open()

    def _pause(self, seconds: float) -> None:
        if self._over.wait(seconds):
            raise ConnectionDropped

    def _drop_waiting(self) -> None:
        self._over.set()
        self._over = threading.Event()


def default_app(app_url: str) -> Application:
    """Return the application a portal starts with: Board Admin at its address."""
    base = app_url.rstrip("/")
    return Application(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        title="Board Admin",
        handler_url=f"{base}/embed/",
        install_url=f"{base}/embed/install/",
    )


def run(port: int, app_url: str = APP_URL, *, ready: Callable[[str], None] | None = None) -> None:
    """Serve until SIGINT or SIGTERM; `ready` gets the address once the sandbox listens."""
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    with Sandbox(port, app_url=app_url) as sandbox:
        if ready is not None:
            ready(sandbox.url)
        done.wait()
