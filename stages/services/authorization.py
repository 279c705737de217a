"""The authorization server, as the installation's app asks it."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from stages.bitrix24 import oauth
from stages.bitrix24.addresses import Addresses
from stages.bitrix24.oauth import App, AuthorizationServer
from stages.services import connection_refusals, reach


def is_offered() -> bool:
    """Tell whether people can sign in with Bitrix24 here."""
    return settings.BITRIX24_APP is not None


def server(*, told: str = "") -> AuthorizationServer:
    """Return the server to ask; `told` is what a portal or a browser calls it, unchecked.

    Refused where the installation has no app.
    """
    app: App | None = settings.BITRIX24_APP
    if app is None:
        raise connection_refusals.no_app()
    address: str = settings.BITRIX24_OAUTH_URL or oauth.public_server(told)
    return _server(app, address, reach.addresses(), settings.BITRIX24_TIMEOUT)


@cache
def _server(app: App, address: str, addresses: Addresses, timeout: float) -> AuthorizationServer:
    """One for each process: it keeps the pooled connections."""
    return AuthorizationServer(app=app, address=address, addresses=addresses, timeout=timeout)
