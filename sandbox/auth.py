"""Who is calling: the portal's order of credentials and what each may do."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.entities import User, Webhook
from sandbox.errors import system
from sandbox.methods.base import Method
from sandbox.php import Array, to_text
from sandbox.portal import Portal
from sandbox.switches import Switches


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request offers: a token first, else the owner and code of a webhook."""

    token: str
    user_id: str
    code: str


def offered(params: Array, path_user: str, path_code: str, bearer: str) -> Credentials:
    """Collect the credentials; path variables win over parameters of their names."""
    return Credentials(
        token=bearer or to_text(params.get("auth")) or to_text(params.get("access_token")),
        user_id=path_user or to_text(params.get("aplogin")),
        code=path_code or to_text(params.get("ap")),
    )


def authorize(
    portal: Portal, switches: Switches, credentials: Credentials, method: Method
) -> tuple[Webhook, User]:
    """Return the webhook and its owner, or refuse in the portal's order of checks."""
    if credentials.token:
        raise system("invalid_token")  # no application is installed, so every token is unknown
    if not credentials.code:
        raise system("NO_AUTH_FOUND")
    if switches.require_https:
        raise system("INVALID_REQUEST")
    webhook = portal.webhook(credentials.user_id, credentials.code)
    if webhook is None:
        raise system("INVALID_CREDENTIALS")
    if not opens(webhook, method):
        raise system("insufficient_scope")
    owner = portal.users[webhook.user_id]
    if not owner.active:
        raise system("authorization_error")
    return webhook, owner


def opens(webhook: Webhook, method: Method) -> bool:
    """Tell whether the webhook's scopes open the method."""
    return not method.scopes or bool(webhook.scopes.intersection(method.scopes))
