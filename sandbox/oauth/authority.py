"""What the authorization server answers, apart from HTTP."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sandbox.applications import Account, Application, Installation
from sandbox.errors import RestError, system
from sandbox.oauth.registry import Registry
from sandbox.oauth.tokens import ACCESS_SECONDS, Code, Pair, Tokens
from sandbox.php import Array, Json, to_text
from sandbox.switches import Switches


class Authority:
    """Issues and judges tokens for every portal that shares it; hold `lock` around its parts."""

    def __init__(self, switches: Switches, url: Callable[[], str]) -> None:
        self.lock = threading.RLock()
        self.registry = Registry()
        self.tokens = Tokens()
        self.refreshes = 0
        self._switches = switches
        self._url = url

    @property
    def url(self) -> str:
        """Return the base address without a trailing slash."""
        return self._url()

    @property
    def endpoint(self) -> str:
        """Return what portals call SERVER_ENDPOINT."""
        return f"{self.url}/rest/"

    @property
    def domain(self) -> str:
        """Return the server's host, as it calls itself in answers."""
        return urlsplit(self.url).netloc

    def issue(self, installation: Installation, user_id: int) -> Pair:
        """Issue tokens without a question, as a portal that opens the application has them."""
        with self.lock:
            return self.tokens.issue(installation, user_id)

    def issue_code(self, installation: Installation, user_id: int) -> Code:
        """Issue a code for a person who has agreed."""
        with self.lock:
            return self.tokens.issue_code(installation, user_id)

    def uninstall(self, installation: Installation) -> None:
        """Take the application off its portal; its tokens die with it."""
        with self.lock:
            installation.present = False

    def forget(self, account: Account) -> None:
        """Forget a portal with its installations and tokens."""
        with self.lock:
            self.registry.forget(account)
            self.tokens.pairs = [
                pair
                for pair in self.tokens.pairs
                if pair.installation.account.member_id != account.member_id
            ]

    def rewind(self) -> None:
        """Set clock and counter back to the start."""
        with self.lock:
            self.refreshes = 0
            self.tokens.rewind()

    def grant(self, params: Array) -> dict[str, Json]:
        """Answer the token endpoint: a code or a refresh token for a pair."""
        values = {name: to_text(value) for name, value in params.items()}
        kind = values.get("grant_type", "")
        field = {"authorization_code": "code", "refresh_token": "refresh_token"}.get(kind)
        if field is None:
            raise RestError("invalid_request", "Invalid grant_type parameter or parameter missing")
        with self.lock:
            app = self._client(values)
            if not values.get(field):
                raise RestError("invalid_request", f'No "{field}" parameter found')
            wanted = frozenset(filter(None, values.get("scope", "").split(",")))
            if not wanted <= app.scopes:
                raise RestError("invalid_scope", "An unsupported scope was requested", status=403)
            redeem = self._redeem if kind == "authorization_code" else self._refresh
            return self._described(redeem(app, values[field]))

    def _client(self, values: dict[str, str]) -> Application:
        app = self.registry.apps.get(values.get("client_id", ""))
        if app is None:
            raise RestError("wrong_client", "Wrong client", status=200)
        if not secrets.compare_digest(app.client_secret, values.get("client_secret", "")):
            raise RestError("invalid_client", "The client credentials are invalid")
        return app

    def _redeem(self, app: Application, value: str) -> Pair:
        code = self.tokens.redeem(value)
        if code is None or code.installation.app is not app:
            raise RestError("invalid_grant", "Authorization code doesn't exist or is invalid")
        _require_present(code.installation)
        return self.tokens.issue(code.installation, code.user_id)

    def _refresh(self, app: Application, value: str) -> Pair:
        old = self.tokens.by_refresh(value)
        if old is None or old.installation.app is not app:
            raise RestError("invalid_grant", "Invalid refresh token")
        _require_present(old.installation)
        spent = old.refreshed and not self._switches.old_refresh_token
        if spent or old.refresh_expires_at <= self.tokens.now():
            raise RestError("invalid_grant", "Invalid refresh token")
        old.refreshed = True
        self.refreshes += 1
        return self.tokens.issue(old.installation, old.user_id)

    def _described(self, pair: Pair) -> dict[str, Json]:
        account = pair.installation.account
        scope = "app" if self._switches.token_scope_app else ",".join(sorted(pair.scopes))
        return {
            "access_token": pair.access,
            "refresh_token": pair.refresh,
            "expires": int(pair.expires_at),
            "expires_in": ACCESS_SECONDS,
            "client_endpoint": account.endpoint,
            "server_endpoint": self.endpoint,
            "domain": self.domain,
            "member_id": account.member_id,
            "scope": scope,
            "status": pair.installation.app.status,
            "user_id": pair.user_id,
        }

    def app_info(self, token: str) -> dict[str, Json]:
        """Tell to whom an access token belongs, or refuse it."""
        if not token:
            raise system("NO_AUTH_FOUND")
        with self.lock:
            pair = self.tokens.by_access(token)
            if pair is None:
                raise system("NO_AUTH_FOUND")
            if not pair.installation.present:
                raise system("NOT_INSTALLED")
            _require_paid(pair.installation)
            if pair.expires_at <= self.tokens.now():
                raise system("expired_token")
            return _information(pair)


def _require_present(installation: Installation) -> None:
    if not installation.present:
        raise RestError("invalid_client", "Application not installed")
    _require_paid(installation)


def _require_paid(installation: Installation) -> None:
    if not installation.paid:
        raise system("PAYMENT_REQUIRED")


def _information(pair: Pair) -> dict[str, Json]:
    installation, account = pair.installation, pair.installation.account
    return {
        "client_id": installation.app.client_id,
        "scope": ",".join(sorted(pair.scopes)),
        "expires": datetime.fromtimestamp(pair.expires_at, UTC).isoformat(timespec="seconds"),
        "install": {
            "installed": installation.finished,
            "version": installation.app.version,
            "status": installation.app.status,
            "scope": ",".join(sorted(installation.app.scopes)),
            "domain": account.domain,
            "uri": installation.app.handler_url,
            "client_endpoint": account.endpoint,
            "member_id": account.member_id,
            "member_type": "bitrix24",
        },
        "user_id": pair.user_id,
    }
