"""Whether what a portal is said to have posted is true.

Nothing in such a form is signed: anybody can post it, with their own token or another portal's. The
authorization server knows whose a token is, and only the portal it names is called, with that token
and no other. https://apidocs.bitrix24.com/settings/oauth/index.html
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare

from stages.bitrix24 import errors
from stages.bitrix24.auth import GivenToken, TokenAuth
from stages.bitrix24.authorization_errors import AuthorizationUnavailable
from stages.bitrix24.client import Client
from stages.bitrix24.methods import users
from stages.bitrix24.oauth import PUBLIC_SERVERS
from stages.bitrix24.payloads.oauth import Holder
from stages.domain.claim import Claim
from stages.domain.person import Me
from stages.models import Installation
from stages.services import authorization, frame_refusals, known_portals, portal_pace, reach, words
from stages.services.embedding import stored_tokens
from stages.services.refusals import Refusal

_LONGEST_ID = 64  # characters

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Proven:
    """Whose the token is by the authorization server, and who that is by the portal."""

    claim: Claim
    holder: Holder
    me: Me


def prove(claim: Claim, *, installs: bool = False) -> Proven:
    """Return who has opened the app; Refusal, in the same words for each check that fails.

    Only an administrator of the portal brings another application token than the one that is known:
    who `installs` the app, or comes after it was taken away.
    """
    holder = _holder(claim)
    me = _me(claim, holder)
    if me.id != holder.user_id:
        raise _refused("the portal and the authorization server name different people")
    if not knows_token(claim):
        if not me.is_portal_admin:
            raise _refused("another application token, and not from an administrator")
        # This asks with other people's tokens, so it comes last.
        if not (installs or _was_taken_away(claim)):
            raise _refused("another application token")
    return Proven(claim, holder, me)


def knows_token(claim: Claim, *, required: bool = False) -> bool:
    """Tell whether the application token is the installation's.

    Unless `required`, there may be none: older portals have none to show.
    """
    installation = _installation(claim)
    known = installation.application_token if installation else ""
    if not (known and claim.application_token):
        return not required
    return constant_time_compare(known, claim.application_token)


def _installation(claim: Claim) -> Installation | None:
    of_portal = Installation.objects.select_related("portal").exclude(portal__member_id="")
    return of_portal.filter(portal__member_id=claim.member_id).first()


def _was_taken_away(claim: Claim) -> bool:
    """Tell whether the app is there anew, and the word of its removal got lost."""
    installation = _installation(claim)
    return installation is not None and bool(stored_tokens.are_dead(installation.portal))


def client(proven: Proven) -> Client:
    """Return a client that acts with the token of whoever opened the app."""
    return _client(proven.claim, proven.holder)


def _client(claim: Claim, holder: Holder) -> Client:
    auth = TokenAuth(holder.base_url, GivenToken(claim.access_token))
    return Client(
        auth=auth,
        addresses=reach.addresses(),
        bucket=portal_pace.bucket(known_portals.find(holder)),
        timeout=settings.BITRIX24_TIMEOUT,
    )


def _holder(claim: Claim) -> Holder:
    if not (claim.access_token and 0 < len(claim.member_id) <= _LONGEST_ID and claim.domain):
        raise _refused("something is missing")
    only: str = settings.BITRIX24_APP_PORTAL
    if only and urlsplit(only).netloc != claim.domain.lower():
        raise _refused("not the portal of the app")
    if claim.server and _address(claim.server) not in {
        settings.BITRIX24_OAUTH_URL,
        *PUBLIC_SERVERS,
    }:
        raise _refused("an unknown authorization server")
    server = authorization.server(told=claim.server)
    try:
        with words.in_words():
            holder = server.holder(access_token=claim.access_token)
    except Refusal as refusal:
        if isinstance(refusal.__cause__, AuthorizationUnavailable):
            raise
        raise _refused(f"the authorization server: {refusal.__cause__}") from refusal.__cause__
    if (holder.member_id, holder.domain) != (claim.member_id, claim.domain.lower()):
        raise _refused("another portal's token")
    if urlsplit(holder.base_url).hostname != urlsplit(f"//{holder.domain}").hostname:
        raise _refused("the portal's address is another host's")
    return holder


def _address(server: str) -> str:
    return server.lower().rstrip("/").removesuffix("/rest")


def _me(claim: Claim, holder: Holder) -> Me:
    with _client(claim, holder) as portal, words.in_words():
        try:
            return portal.call(users.profile())
        except errors.CredentialsRefused as error:
            raise _refused(f"the portal: {error}") from error


def _refused(reason: str) -> Refusal:
    """Note down for whoever runs the installation what nobody else is told."""
    logger.warning("an opening of the app is refused: %s", reason)
    return frame_refusals.opening_refused()
