"""Taking the app off a portal, as the portal tells it."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from stages.domain.claim import Claim
from stages.models import Installation
from stages.services import frame_refusals
from stages.services.embedding import proof, stored_tokens

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)  # in case the app was taken away by mistake


def uninstall(*, claim: Claim, clean: bool) -> None:
    """End the installation, and with `clean` let the portal's data go after a while.

    Such a word comes with the application token alone, which everybody's browser has seen. It is
    believed once the authorization server refuses the tokens that are stored.
    """
    known = Installation.objects.select_related("portal").filter(uninstalled_at=None)
    installation = known.filter(portal__member_id=claim.member_id or None).first()
    if installation is None or not proof.knows_token(claim, required=True):
        raise frame_refusals.opening_refused()
    if not stored_tokens.are_dead(installation.portal):
        logger.warning("the app is said to be off %s, and is not", installation.portal)
        raise frame_refusals.opening_refused()
    now = timezone.now()
    with transaction.atomic():
        Installation.objects.filter(pk=installation.pk).update(
            uninstalled_at=now,
            delete_after=now + KEPT if clean else None,
            application_token="",
        )
        stored_tokens.credentials(installation.portal).update(
            secret="",
            refresh_secret="",
            disabled_reason="The app is no longer installed on the portal.",
        )
    logger.info("the app is off %s", installation.portal)
