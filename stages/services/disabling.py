"""Switching off a credential that is of no use any more."""

from __future__ import annotations

import logging

from stages.bitrix24 import errors
from stages.bitrix24.authorization_errors import GrantRefused
from stages.models import Credential

logger = logging.getLogger(__name__)

# What a person has to do something about; other refusals may be over the next time.
_REASONS: dict[type[errors.CredentialsRefused], str] = {
    errors.InvalidCredentials: "The portal no longer knows the webhook: it was deleted there.",
    errors.InvalidToken: "The portal no longer knows the sign-in.",
    errors.NotInstalled: "The app is no longer installed on the portal.",
    errors.PersonRefused: "The portal no longer lets this person in, or not into the app.",
    GrantRefused: "The sign-in has run out, or was replaced by another one.",
}


def disable(*, credential_id: int, error: errors.CredentialsRefused) -> None:
    """Switch a credential off where the error says that it will not work again by itself.

    The installation's own webhook stays: who changes the settings starts the installation anew.
    """
    reason = _REASONS.get(type(error))
    if reason is None:
        return
    found = Credential.objects.filter(pk=credential_id, disabled_reason="")
    if found.exclude(kind=Credential.Kind.SETTING).update(disabled_reason=reason):
        logger.warning("credential %d is switched off: %s", credential_id, error)
