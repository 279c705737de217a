"""Openings and events that nobody honest sends, and which an application has to refuse.

Besides the portal there are a neighbour, which has installed the same application, and a stranger's
application on the portal itself: anybody may have both, with tokens as good as ours.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable
from urllib.parse import urlencode

from sandbox.applications import Account, Application, Installation
from sandbox.oauth.tokens import Pair
from sandbox.opening import Opening
from sandbox.php import Json
from sandbox.portal_apps import PortalApps
from sandbox.seed.people import ADA, MAX

NEIGHBOUR = Account("0123456789abcdef0123456789abcdef", "neighbour.example")
STRANGER_ID = "local.77777777777777.77777777"
EVIL = "evil.example"


class Forger:
    """Makes forgeries of what the portal would send for its own application."""

    def __init__(self, apps: PortalApps) -> None:
        self.apps = apps

    def opening(self, kind: str, user_id: int = ADA) -> Opening:
        """Return a forged form of the kind; OPENINGS lists them."""
        honest = self.apps.open(self._installation(), user_id)
        return OPENINGS[kind](self, honest)

    def event(self, kind: str) -> dict[str, Json]:
        """Return the fields of a forged event of the kind; EVENTS lists them."""
        return EVENTS[kind](self)

    def told(
        self, event: str, data: dict[str, Json], pair: Pair | None, changed: dict[str, Json]
    ) -> dict[str, Json]:
        """Return an event of the portal with some of its credentials changed."""
        form = self.apps.sender.form(self._installation(), event, data, pair)
        auth = self.apps.sender.auth(self._installation(), pair)
        return {**form, "auth": {**auth, **changed}}

    def token(self, user_id: int = ADA) -> Pair:
        """Return honest tokens of somebody on the portal."""
        return self.apps.authority.issue(self._installation(), user_id)

    def neighbours_token(self) -> Pair:
        """Return tokens of the same application on the neighbour's portal."""
        return self.apps.authority.issue(self._present(self.apps.app, NEIGHBOUR), ADA)

    def strangers_token(self) -> Pair:
        """Return tokens of a stranger's application on this portal."""
        stranger = dataclasses.replace(
            self.apps.app,
            client_id=STRANGER_ID,
            client_secret=secrets.token_hex(20),
            title="A stranger's application",
            install_url="",
        )
        # It is known to the authorization server, and not listed among the portal's.
        account = dataclasses.replace(self.apps.account)
        installation = Installation(0, stranger, account, secrets.token_hex(16), finished=True)
        return self.apps.authority.issue(installation, ADA)

    def _installation(self) -> Installation:
        found = self.apps.of(self.apps.app.client_id)
        if found is None:
            raise LookupError("The application is not on the portal")
        return found

    def _present(self, app: Application, account: Account) -> Installation:
        registry = self.apps.authority.registry
        with self.apps.authority.lock:
            present = [found for found in registry.current(account) if found.app is app]
            return present[0] if present else registry.install(app, account)


def _fields(**changed: str) -> Callable[[Forger, Opening], Opening]:
    return lambda _forger, honest: _with(honest, **changed)


def _domain(domain: str) -> Callable[[Forger, Opening], Opening]:
    """Name another portal in the address; `{}` is the true one."""

    def forged(_forger: Forger, honest: Opening) -> Opening:
        told = urlencode({"DOMAIN": domain.format(honest.domain)})
        url = honest.url.replace(urlencode({"DOMAIN": honest.domain}), told)
        return dataclasses.replace(honest, url=url)

    return forged


def _with(honest: Opening, **changed: str) -> Opening:
    return dataclasses.replace(honest, fields={**honest.fields, **changed})


def _expired_token(forger: Forger, honest: Opening) -> Opening:
    pair = forger.token()
    pair.expires_at = 0
    return _with(honest, AUTH_ID=pair.access)


OPENINGS: dict[str, Callable[[Forger, Opening], Opening]] = {
    "made_up_token": lambda _forger, honest: _with(honest, AUTH_ID=secrets.token_hex(35)),
    "no_token": _fields(AUTH_ID="", REFRESH_ID=""),
    "expired_token": _expired_token,
    "another_portals_token": lambda forger, honest: _with(
        honest, AUTH_ID=forger.neighbours_token().access
    ),
    "another_apps_token": lambda forger, honest: _with(
        honest, AUTH_ID=forger.strangers_token().access
    ),
    "wrong_member_id": _fields(member_id=NEIGHBOUR.member_id),
    "wrong_application_token": _fields(APPLICATION_TOKEN="0" * 32),
    "foreign_domain": _domain(EVIL),
    "domain_with_credentials": _domain(f"{{}}@{EVIL}"),
    "domain_with_path": _domain(f"{EVIL}/{{}}"),
    "domain_with_port": _domain("localhost:1"),
    "domain_in_ipv6": _domain("[::1]:8001"),
    "foreign_server_endpoint": _fields(SERVER_ENDPOINT=f"https://{EVIL}/rest/"),
    "look_alike_server_endpoint": _fields(
        SERVER_ENDPOINT=f"https://oauth.bitrix.info.{EVIL}/rest/"
    ),
    "huge_field": _fields(PLACEMENT_OPTIONS="x" * 1_000_000),
}

_INSTALLED: dict[str, Json] = {"VERSION": 1, "ACTIVE": "Y", "INSTALLED": "Y", "LANGUAGE_ID": "en"}
_CLEANED: dict[str, Json] = {"LANGUAGE_ID": "en", "CLEAN": "1"}


def _installed(
    pair: Callable[[Forger], Pair], **changed: Json
) -> Callable[[Forger], dict[str, Json]]:
    """Pretend an installation that would replace the application token."""
    auth = {"application_token": "0" * 32, **changed}
    return lambda forger: forger.told("ONAPPINSTALL", _INSTALLED, pair(forger), auth)


def _uninstalled(**changed: Json) -> Callable[[Forger], dict[str, Json]]:
    return lambda forger: forger.told("ONAPPUNINSTALL", _CLEANED, None, changed)


EVENTS: dict[str, Callable[[Forger], dict[str, Json]]] = {
    "made_up_token": _installed(Forger.token, access_token="f" * 70),
    "members_token": _installed(lambda forger: forger.token(MAX)),
    "another_portals_token": _installed(Forger.neighbours_token),
    "another_apps_token": _installed(Forger.strangers_token),
    "wrong_member_id": _installed(Forger.token, member_id=NEIGHBOUR.member_id),
    "foreign_addresses": _installed(
        Forger.neighbours_token,
        domain=EVIL,
        client_endpoint=f"https://{EVIL}/rest/",
        server_endpoint=f"https://{EVIL}/rest/",
    ),
    "uninstalled_while_installed": _uninstalled(),
    "uninstalled_with_a_wrong_token": _uninstalled(application_token="0" * 32),
    "uninstalled_elsewhere": _uninstalled(member_id=NEIGHBOUR.member_id, domain=NEIGHBOUR.domain),
}
