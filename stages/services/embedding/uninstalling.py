"""Taking the app off a portal, as the portal tells it."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from stages.bitrix24 import errors
from stages.domain.claim import Claim
from stages.models import Credential, Installation, Portal
from stages.services import authorization, frame_refusals, tokens, words
from stages.services.embedding import proof

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)  # in case the app was taken away by mistake
_ENOUGH = 5  # tokens to try


def uninstall(*, claim: Claim, clean: bool) -> None:
    """End the installation, and with `clean` let the portal's data go after a while.

    Such a word comes with the application token alone, which everybody's browser has seen. It is
    believed once the authorization server refuses the tokens that are stored.
    """
    known = Installation.objects.select_related("portal").filter(uninstalled_at=None)
    installation = known.filter(portal__member_id=claim.member_id or None).first()
    if installation is None or not proof.knows_token(claim, required=True):
        raise frame_refusals.opening_refused()
    if not _tokens_are_dead(installation.portal):
        logger.warning("the app is said to be off %s, and is not", installation.portal)
        raise frame_refusals.opening_refused()
    now = timezone.now()
    with transaction.atomic():
        Installation.objects.filter(pk=installation.pk).update(
            uninstalled_at=now,
            delete_after=now + KEPT if clean else None,
            application_token="",
        )
        _of(installation.portal).update(
            secret="",
            refresh_secret="",
            disabled_reason="The app is no longer installed on the portal.",
        )
    logger.info("the app is off %s", installation.portal)


def _of(portal: Portal) -> QuerySet[Credential]:
    return portal.credentials.filter(kind=Credential.Kind.OAUTH)


def _tokens_are_dead(portal: Portal) -> bool:
    """Tell whether there are stored tokens, and the authorization server refuses them."""
    # Also those that are switched off: the portal may have refused them before it told why.
    found = [one for one in _of(portal).order_by("-tested_at")[:_ENOUGH] if tokens.secret(one)]
    with words.in_words():
        alive = [_is_alive(portal, tokens.StoredTokens(one.pk)) for one in found]
    return bool(alive) and not any(alive)


def _is_alive(portal: Portal, stored: tokens.StoredTokens) -> bool:
    server = authorization.server(told=portal.authorization_server)
    token = stored.current()
    try:
        server.holder(access_token=token)
    except errors.ExpiredToken:
        try:
            return stored.renew(token)
        except errors.CredentialsRefused:
            return False
    except errors.CredentialsRefused:
        return False
    return True
