"""The tokens of a credential, shared by all threads and processes.

A refresh token is good once, so two refreshes of one pair could lose the sign-in. Whoever gets new
tokens leaves a lease in the credential's row; no transaction is open while the server is asked.
https://apidocs.bitrix24.com/settings/oauth/index.html
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from stages.bitrix24 import errors
from stages.bitrix24.authorization_errors import AuthorizationSlow
from stages.bitrix24.clock import SYSTEM, Deadline
from stages.bitrix24.payloads.oauth import Holder, Tokens
from stages.models import Credential, Portal
from stages.models.fields import WrongKey
from stages.services import authorization, connection_refusals, disabling, portal_names

_MARGIN = timedelta(seconds=10)  # what a lease lasts longer than the server may take
_LOOK_AGAIN = 0.05  # seconds


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """The tokens in a credential's row: a bitrix24.auth.TokenSource."""

    credential_id: int

    def current(self) -> str:
        return secret(self._row())

    def renew(self, expired: str, deadline: Deadline) -> bool:
        """Get new tokens, or wait for those that somebody else is getting.

        The operation's deadline ends the waiting and lets nothing begin, but it does not break off
        a renewal that has begun: an answer that is lost may cost the sign-in.
        """
        waiting = deadline.restarted(settings.BITRIX24_TIMEOUT)
        while secret(self._row()) == expired:
            if waiting.is_over:
                raise AuthorizationSlow(retry_after=_MARGIN.total_seconds())
            if lease := self._claim():
                return self._renewed(expired, lease)
            waiting.pause(_LOOK_AGAIN)
        return True

    def _renewed(self, expired: str, lease: datetime) -> bool:
        try:
            row = self._row()
            if secret(row) == expired:  # nobody was quicker
                self._refresh(row, lease)
        except errors.CredentialsRefused as error:
            disabling.disable(credential_id=self.credential_id, error=error)
            raise
        finally:
            self._leased(lease).update(renewing_until=None)
        return True

    def _refresh(self, row: Credential, lease: datetime) -> None:
        server = authorization.server(told=row.portal.authorization_server)
        tokens = server.refresh(refresh_token=row.refresh_secret)
        # Not where the person has connected anew meanwhile, which ends the lease.
        self._leased(lease).update(**stored(tokens))
        note_server(portal_id=row.portal_id, server=tokens.server)
        if tokens.member_id == row.portal.member_id:
            portal_names.follow(portal=row.portal, base_url=tokens.base_url)

    def _row(self) -> Credential:
        row = Credential.objects.select_related("portal").filter(pk=self.credential_id).first()
        if row is None:
            raise errors.NoCredentials(description="the credential was taken away")
        return row

    def _claim(self) -> datetime | None:
        """Return when our lease ends, by the database's clock; None where somebody has one."""
        free = Q(renewing_until=None) | Q(renewing_until__lt=Now())
        claimed = Credential.objects.filter(free, pk=self.credential_id)
        # Looked up first: an update locks the row, or all of SQLite, even where it changes nothing.
        if not claimed.exists():
            return None
        ends = ExpressionWrapper(
            Now() + timedelta(seconds=settings.BITRIX24_TIMEOUT) + _MARGIN,
            output_field=Credential.renewing_until.field,
        )
        with transaction.atomic():
            if not claimed.update(renewing_until=ends):
                return None
            return self._row().renewing_until

    def _leased(self, lease: datetime) -> QuerySet[Credential]:
        return Credential.objects.filter(pk=self.credential_id, renewing_until=lease)


def stored(tokens: Tokens) -> dict[str, object]:
    """Return the fields of a credential that tokens fill, all at once or not at all."""
    return {
        "secret": tokens.access,
        "refresh_secret": tokens.refresh,
        "expires_at": timezone.now() + timedelta(seconds=tokens.expires_in),
        "renewing_until": None,
    }


def holder(credential: Credential) -> Holder:
    """Ask the authorization server whose a credential's token is, with a new one if need be."""
    server = authorization.server(told=credential.portal.authorization_server)
    kept = StoredTokens(credential.pk)
    token = kept.current()
    try:
        return server.holder(access_token=token)
    except errors.ExpiredToken:
        kept.renew(token, Deadline.within(settings.BITRIX24_TIMEOUT, SYSTEM))
        return server.holder(access_token=kept.current())


def note_server(*, portal_id: int, server: str) -> None:
    """Take down which authorization server a portal says is its own."""
    if server:
        known = Portal.objects.filter(pk=portal_id)
        known.exclude(authorization_server=server[:300]).update(authorization_server=server[:300])


def secret(credential: Credential) -> str:
    """Return a credential's secret; refused where no key opens it."""
    try:
        return credential.secret
    except WrongKey:
        raise connection_refusals.unreadable_secret() from None
