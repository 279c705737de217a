"""The applications of one portal: their installing, opening and leaving."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping

from sandbox.applications import Account, Application, Installation
from sandbox.events import Sender
from sandbox.oauth.authority import Authority
from sandbox.oauth.tokens import Pair
from sandbox.opening import Opening, opening
from sandbox.php import Json
from sandbox.portal import Portal
from sandbox.switches import Switches

FIRST_NAME = "localhost"


class PortalApps:
    """What is on the portal is known to the authorization server; this is the portal's side."""

    def __init__(
        self,
        *,
        portal: Portal,
        switches: Switches,
        authority: Authority,
        sender: Sender,
        app: Application,
        member_id: str,
    ) -> None:
        self.account = Account(member_id, "")
        self.former_domains: set[str] = set()
        self.authority = authority
        self.app = authority.registry.apps.setdefault(app.client_id, app)
        self._first_app = dataclasses.replace(self.app)
        self._portal = portal
        self._switches = switches
        self.sender = sender

    def settle(self, port: int) -> None:
        """Take the address of the portal, and at first its identity and application."""
        if self.account.domain:
            return
        self.account.domain = domain = f"{FIRST_NAME}:{port}"
        if not self.account.member_id:
            # The same address is the same portal, also for an application that remembers it.
            seed = f"sandbox portal {domain}".encode()
            self.account.member_id = hashlib.md5(seed, usedforsecurity=False).hexdigest()
        self.add(self.app)

    def rename(self, name: str) -> None:
        """Take another name of this machine, as portals do; the identity stays."""
        self.former_domains.add(self.account.domain)
        port = self.account.domain.rpartition(":")[2]
        self.account.domain = f"{name}:{port}"
        self.former_domains.discard(self.account.domain)

    def reset(self) -> None:
        """Go back to the first name, and to the one application, not installed yet."""
        if self.former_domains:
            self.rename(FIRST_NAME)
            self.former_domains.clear()
        for field in dataclasses.fields(Application):
            setattr(self.app, field.name, getattr(self._first_app, field.name))
        self.authority.forget(self.account)
        if self.account.domain:
            self.add(self.app)

    def add(self, app: Application) -> Installation:
        """Put an application on the portal; its install page is still to be run."""
        with self.authority.lock:
            return self.authority.registry.install(app, self.account)

    def current(self) -> list[Installation]:
        """Return the applications that are on the portal."""
        with self.authority.lock:
            return self.authority.registry.current(self.account)

    def find(self, installation_id: int) -> Installation | None:
        """Return one of them by its id."""
        return next((found for found in self.current() if found.id == installation_id), None)

    def of(self, client_id: str) -> Installation | None:
        """Return one of them by its client id."""
        return next((found for found in self.current() if found.app.client_id == client_id), None)

    def finish(self, installation: Installation, user_id: int) -> None:
        """End the installation: placements show, and events are sent from now on."""
        if installation.finished:
            return
        installation.finished = True
        data: dict[str, Json] = {
            "VERSION": installation.app.version,
            "ACTIVE": "Y",
            "INSTALLED": "Y",
            "LANGUAGE_ID": self._switches.language,
        }
        pair = self.authority.issue(installation, user_id)
        self.sender.send(installation, "ONAPPINSTALL", data, pair)

    def update(self, installation: Installation, user_id: int) -> None:
        """Bring a new version of the application."""
        previous = installation.app.version
        installation.app.version += 1
        data: dict[str, Json] = {
            "VERSION": installation.app.version,
            "PREVIOUS_VERSION": previous,
            "LANGUAGE_ID": self._switches.language,
        }
        pair = self.authority.issue(installation, user_id)
        self.sender.send(installation, "ONAPPUPDATE", data, pair)

    def uninstall(self, installation: Installation, *, clean: bool) -> None:
        """Take the application off the portal; the event of it carries no token."""
        self.authority.uninstall(installation)
        if installation.finished:
            data: dict[str, Json] = {
                "LANGUAGE_ID": self._switches.language,
                "CLEAN": "1" if clean else "0",
            }
            self.sender.send(installation, "ONAPPUNINSTALL", data, None)

    def token(self, installation: Installation, user_id: int) -> Pair | None:
        """Return tokens of the person, who may be denied the application."""
        if user_id in installation.without_access or not self._portal.users[user_id].active:
            return None
        return self.authority.issue(installation, user_id)

    def open(
        self,
        installation: Installation,
        user_id: int,
        *,
        placement: str = "DEFAULT",
        handler: str = "",
        options: Mapping[str, str] | None = None,
    ) -> Opening:
        """Build the form that opens the application for the person, with new tokens."""
        return opening(
            installation,
            self.token(installation, user_id),
            handler=handler or self._handler(installation, placement),
            placement=placement,
            options=options or {},
            server_endpoint=self.authority.endpoint,
            switches=self._switches,
        )

    def _handler(self, installation: Installation, placement: str) -> str:
        if not installation.finished:
            return installation.app.install_url
        bound = (item.handler for item in installation.placements if item.code == placement)
        return next(bound, installation.app.handler_url)
