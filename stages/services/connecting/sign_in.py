"""Signing in with Bitrix24, outside a portal's frame.

The browser is sent to the portal, where the person allows the app to act for them, and comes back
with a code. https://apidocs.bitrix24.com/settings/oauth/index.html
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from stages.bitrix24 import auth
from stages.bitrix24.addresses import Addresses
from stages.bitrix24.auth import GivenToken, TokenAuth
from stages.bitrix24.client import Client
from stages.bitrix24.errors import CredentialsRefused
from stages.bitrix24.oauth import App
from stages.bitrix24.payloads.oauth import Holder, Tokens
from stages.domain import scopes
from stages.models import Credential
from stages.services import (
    authorization,
    connection_refusals,
    known_portals,
    portal_pace,
    reach,
    refusals,
    tokens,
    words,
)
from stages.services.connecting import checking, replacing, storing
from stages.services.connecting.checking import Check
from stages.services.connecting.replacing import Earlier
from stages.services.connecting.storing import Connected, Key


def portal_of_app() -> str:
    """Return the address of the one portal the app is for, empty where it may be any."""
    only: str = settings.BITRIX24_APP_PORTAL
    return only


@dataclass(frozen=True, slots=True)
class Begun:
    """The portal to sign in to; `earlier` is what a sign-in there would take the place of."""

    base_url: str
    earlier: Earlier | None


def begin(*, user: User, address: str) -> Begun:
    """Return the portal to sign in to, from what a person typed."""
    if not authorization.is_offered():
        raise connection_refusals.no_app()
    typed = portal_of_app() or address.strip()
    try:
        base_url = auth.portal_address(typed if "://" in typed else f"https://{typed}")
    except ValueError as error:
        raise refusals.invalid(f"This is no portal's address: {error}.") from None
    storing.require_shown(base_url)
    return Begun(base_url, replacing.at(user=user, base_url=base_url))


def question(*, base_url: str, state: str) -> str:
    """Return where the portal asks the person; it takes the rest from the app's own settings."""
    app: App = authorization.server().app
    return f"{base_url}/oauth/authorize/?{urlencode({'client_id': app.client_id, 'state': state})}"


def finish(*, user: User, base_url: str, code: str, server: str) -> Connected:
    """Store the tokens that a code is good for, of the portal at which the person began.

    `server` is what the browser says the authorization server is. Which portal it is, the server
    tells; nothing is asked of the one that the browser names.
    """
    asked = authorization.server(told=server)
    with words.in_words("Nothing was connected."):
        given = asked.exchange(code=code)
        holder = asked.holder(access_token=given.access)
        if holder.base_url != base_url:
            raise connection_refusals.other_portal(
                urlsplit(base_url).netloc, urlsplit(holder.base_url).netloc
            )
        storing.require_shown(holder.base_url)
        check = _tested(holder, given, reach.addresses())
    key = Key(Credential.Kind.OAUTH, tokens.stored(given))
    with transaction.atomic():
        portal = known_portals.known_as(holder)
        tokens.note_server(portal_id=portal.pk, server=given.server)
        return storing.store(user=user, portal=portal, key=key, check=check)


def _tested(holder: Holder, given: Tokens, addresses: Addresses) -> Check:
    access = TokenAuth(holder.base_url, GivenToken(given.access))
    client = Client(
        auth=access,
        addresses=addresses,
        bucket=portal_pace.bucket(known_portals.find(holder)),
        timeout=settings.BITRIX24_TIMEOUT,
    )
    with client:
        check = checking.check(client)
    if check.me.id != holder.user_id:
        raise CredentialsRefused(description="the portal and the server name different people")
    if scopes.STAGES in scopes.missing(check.scopes):
        raise connection_refusals.too_few_scopes()
    return check
