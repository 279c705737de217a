"""A program at the API: whose token it shows, how often it may ask, which connection it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from stages.bitrix24.clock import SYSTEM, Deadline
from stages.domain.actor import Source
from stages.models import ApiToken
from stages.services import api_tokens, refusals, token_refusals, visits
from stages.services.connections import Connection

_PER_MINUTE = 600
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Access:
    """What a token that is valid opens."""

    token: ApiToken

    @property
    def user(self) -> User:
        return self.token.user

    def connect(self, *, slug: str = "", probe: bool = False, in_time: bool = False) -> Connection:
        """Return the token's connection; refuse where another portal is named than the token's.

        `probe`: ask the portal even while it rests. `in_time`: all that is asked of the portal is
        over by the deadline; edits see to that themselves.
        """
        credential = self.token.credential
        if slug and slug != credential.portal.slug:
            raise refusals.no_connection()
        connection = visits.reopen(credential=credential, user=self.user, source=Source.API)
        if in_time:
            deadline = Deadline.within(settings.BITRIX24_DEADLINE, SYSTEM)
            connection = connection.until(deadline)
        return connection.probing() if probe else connection

    def check_as_admin(self) -> None:
        """Refuse to act as administrator of the portal where the token may not."""
        if not self.token.may_act_as_admin:
            raise token_refusals.not_for_administrators()


def identify(secret: str) -> Access:
    """Return what a token opens; refuse one that is unknown, revoked, expired or of somebody gone.

    That it was used is noted down, once a minute at most.
    """
    now = timezone.now()
    token = (
        ApiToken.objects.select_related("user", "credential__portal")
        .filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None, user__is_active=True)
        .filter(digest=api_tokens.digest(secret))
        .first()
    )
    if token is None:
        raise token_refusals.refused()
    if token.last_used_at is None or token.last_used_at < now - _MINUTE:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return Access(token)


def pause(access: Access) -> float | None:
    """Count a request; return the seconds to wait where there were too many, None to go on.

    Counted in the database, for all processes together; a local installation has no such limit.
    """
    if settings.LOCAL:
        return None
    now = timezone.now()
    fresh = Q(counted_since__gt=now - _MINUTE)
    token = ApiToken.objects.filter(pk=access.token.pk)
    token.update(
        requests=Case(When(fresh, then=F("requests") + 1), default=Value(1)),
        counted_since=Case(When(fresh, then=F("counted_since")), default=Value(now)),
    )
    count, since = token.values_list("requests", "counted_since").get()
    return None if count <= _PER_MINUTE else _left(since or now, now)


def _left(since: datetime, now: datetime) -> float:
    return max(1.0, (since + _MINUTE - now).total_seconds())
