"""The tokens of a portal's people, and what they tell of the app being installed there."""

from __future__ import annotations

from django.db.models import QuerySet

from stages.bitrix24 import errors
from stages.models import Credential, Portal
from stages.services import tokens, words

_ENOUGH = 5  # to ask about


def credentials(portal: Portal) -> QuerySet[Credential]:
    """Return the credentials that die when the portal takes the app away."""
    return portal.credentials.filter(kind=Credential.Kind.OAUTH)


def are_dead(portal: Portal) -> bool | None:
    """Tell whether the authorization server refuses the latest ones; None where there are none."""
    # Also those that are switched off: the portal may have refused them before it told why.
    found = credentials(portal).order_by("-tested_at")[:_ENOUGH]
    with words.in_words():
        alive = [_is_alive(one) for one in found if tokens.secret(one)]
    return not any(alive) if alive else None


def _is_alive(credential: Credential) -> bool:
    try:
        tokens.holder(credential)
    except errors.CredentialsRefused:
        return False
    return True
