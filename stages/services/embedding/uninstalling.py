"""Taking the app off a portal, as the portal tells it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from stages.domain.claim import Claim
from stages.models import Installation
from stages.services import frame_refusals
from stages.services.embedding import proof, stored_tokens
from stages.services.refusals import Refusal

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)  # in case the app was taken away by mistake


def uninstall(*, claim: Claim, clean: bool) -> None:
    """End the installation, and with `clean` let the portal's data go after a while.

    Such a word comes with the application token alone, which everybody's browser has seen. It is
    believed once the authorization server refuses the tokens that are stored; where that cannot be
    asked, or there are none, it waits for `check`, since the portal tells it once.
    """
    known = Installation.objects.select_related("portal").filter(uninstalled_at=None)
    installation = known.filter(portal__member_id=claim.member_id or None).first()
    if installation is None or not proof.knows_token(claim, required=True):
        raise frame_refusals.opening_refused()
    now = timezone.now()
    try:
        gone = stored_tokens.are_dead(installation.portal)
    except Refusal:
        _note(installation, unchecked_since=now, unchecked_clean=clean)
        raise
    if gone is None:
        _note(installation, unchecked_since=now, unchecked_clean=clean)
    elif gone:
        _end(installation, told_at=now, clean=clean)
    else:
        logger.warning("the app is said to be off %s, and is not", installation.portal)
        raise frame_refusals.opening_refused()


def check() -> None:
    """Look whether what was told and could not be asked about is true by now, or never was.

    With nobody's token to ask about, it is true if nobody has opened the app for a week.
    """
    now = timezone.now()
    told = Installation.objects.select_related("portal").exclude(unchecked_since=None)
    for installation in told.filter(uninstalled_at=None):
        try:
            gone = stored_tokens.are_dead(installation.portal)
        except Refusal as refusal:
            logger.warning("whether the app is off %s: %s", installation.portal, refusal)
            continue
        told_at = installation.unchecked_since or now
        if gone or (gone is None and told_at + KEPT <= now):
            _end(installation, told_at=told_at, clean=installation.unchecked_clean)
        elif gone is False:
            _note(installation, unchecked_since=None, unchecked_clean=False)


def _note(installation: Installation, **fields: object) -> None:
    Installation.objects.filter(pk=installation.pk).update(**fields)


def _end(installation: Installation, *, told_at: datetime, clean: bool) -> None:
    with transaction.atomic():
        _note(
            installation,
            uninstalled_at=told_at,
            delete_after=told_at + KEPT if clean else None,
            application_token="",
            unchecked_since=None,
            unchecked_clean=False,
        )
        stored_tokens.credentials(installation.portal).update(
            secret="",
            refresh_secret="",
            disabled_reason="The app is no longer installed on the portal.",
        )
    logger.info("the app is off %s", installation.portal)
