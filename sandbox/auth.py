"""Who is calling: the portal's order of credentials and what each may do."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.access import Access
from sandbox.applications import Account
from sandbox.errors import RestError, system
from sandbox.methods.base import Method
from sandbox.oauth.authority import Authority
from sandbox.php import Array, to_text
from sandbox.portal import Portal
from sandbox.switches import Switches


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request offers: a token first, else the owner and code of a webhook."""

    token: str
    user_id: str
    code: str
    signed_in: int | None = None
    """Who is signed in by the portal's own cookie, if the request carries one."""


def offered(
    params: Array, path_user: str, path_code: str, bearer: str, signed_in: int | None
) -> Credentials:
    """Collect the credentials; path variables win over parameters of their names."""
    return Credentials(
        token=bearer or to_text(params.get("auth")) or to_text(params.get("access_token")),
        user_id=path_user or to_text(params.get("aplogin")),
        code=path_code or to_text(params.get("ap")),
        signed_in=signed_in,
    )


@dataclass(frozen=True, slots=True)
class Gate:
    """Judges credentials, in the portal's order of checks."""

    portal: Portal
    switches: Switches
    authority: Authority
    account: Account

    def admit(self, credentials: Credentials, method: Method) -> Access:
        """Return what the credentials give, or refuse them."""
        if credentials.token:
            return self._by_token(credentials, method)
        if not credentials.code:
            raise system("NO_AUTH_FOUND")
        return self._by_webhook(credentials, method)

    def _by_token(self, credentials: Credentials, method: Method) -> Access:
        with self.authority.lock:
            pair = self.authority.tokens.by_access(credentials.token)
            if pair is None or pair.installation.account.member_id != self.account.member_id:
                raise system("invalid_token")
            installation = pair.installation
            if not installation.paid:
                raise system("PAYMENT_REQUIRED")
            if not installation.present:
                raise system("APPLICATION_NOT_FOUND")
            if pair.expires_at <= self.authority.tokens.now():
                raise system("expired_token")
            access = Access(self.portal.users[pair.user_id], pair.scopes, installation)
        if not access.opens(method.scopes):
            raise RestError("insufficient_scope", _MORE_THAN_THE_TOKEN, status=401)
        if not access.person.active or credentials.signed_in not in (None, access.person.id):
            raise system("authorization_error")
        if access.person.id in installation.without_access:
            raise system("user_access_error")
        return access

    def _by_webhook(self, credentials: Credentials, method: Method) -> Access:
        if self.switches.require_https:
            raise system("INVALID_REQUEST")
        webhook = self.portal.webhook(credentials.user_id, credentials.code)
        if webhook is None:
            raise system("INVALID_CREDENTIALS")
        access = Access(self.portal.users[webhook.user_id], webhook.scopes)
        if not access.opens(method.scopes):
            raise system("insufficient_scope")
        if not access.person.active:
            raise system("authorization_error")
        return access


_MORE_THAN_THE_TOKEN = "The request requires higher privileges than provided by the access token"
