"""The portal's limits, kept for all processes of the installation in its database.

https://apidocs.bitrix24.com/limits.html. Each step is a short transaction of its own, over before
a request is sent: `durable` refuses to be part of a longer one.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from pyrate_limiter import Decision, Rate, StateAlgorithm

from stages.bitrix24 import errors, ratelimit
from stages.bitrix24.gate import Precedence
from stages.bitrix24.ratelimit import LeakyBucket
from stages.models import Credential, MethodBlock, Portal, PortalPace
from stages.services import disabling

_ALLOWANCES = {
    Portal.Plan.STANDARD: ratelimit.STANDARD,
    Portal.Plan.ENTERPRISE: ratelimit.ENTERPRISE,
}
_DEAD_IN_A_ROW = 3
_REST = timedelta(seconds=30)
_LONGEST_BLOCK = 600.0  # seconds: the portal adds up the time of ten minutes


def set_plan(*, portal: Portal, plan: Portal.Plan) -> None:
    """Note which limit a portal has; every process keeps to it from its next visitor on."""
    portal.plan = plan
    portal.save(update_fields=["plan"])


def bucket(portal: Portal | None) -> LeakyBucket | None:
    """Return the portal's bucket, None where it has no limit.

    There is none for a portal that is not known yet, either: it has no row to keep the level in,
    and whoever may only want to connect one is to leave no row behind.
    """
    if portal is None:
        return None
    allowance = _ALLOWANCES.get(Portal.Plan(portal.plan))
    return LeakyBucket(store=Row(portal.pk), allowance=allowance) if allowance else None


def gate(credential: Credential) -> PortalGate:
    """Return what is known of a credential's portal, and of its methods for that credential."""
    return PortalGate(credential.portal_id, credential.pk, _sign_in(credential))


def _sign_in(credential: Credential) -> str:
    match credential.kind:
        case Credential.Kind.OAUTH | Credential.Kind.SETTING:
            return credential.kind
        case _:
            return f"{credential.kind}-{credential.pk}"


class Row:
    """A bucket's level in the row of its portal: a ratelimit.Store."""

    def __init__(self, portal_id: int) -> None:
        self._portal_id = portal_id

    def check(
        self,
        algorithm: StateAlgorithm,
        rates: list[Rate],
        now: int,
        weight: int,
    ) -> Decision:
        with transaction.atomic(durable=True):
            pace = _locked(self._portal_id)
            now = int(time.time() * 1000)  # behind the lock, or an earlier time could follow
            (level,), decision = algorithm.step(rates, (pace.level,), now, weight)
            if level != pace.level:
                pace.level = int(level)
                pace.save(update_fields=["level"])
        return decision


class PortalGate:
    """The gate that all processes share."""

    def __init__(self, portal_id: int, credential_id: int, sign_in: str) -> None:
        self._portal_id = portal_id
        self._credential_id = credential_id
        self._sign_in = sign_in

    def check(self, precedence: Precedence) -> None:
        pace = PortalPace.objects.filter(portal_id=self._portal_id).first()
        if precedence.probe or pace is None or not (pace.rests_since and pace.rests_until):
            return
        left = (pace.rests_until - timezone.now()).total_seconds()
        begun = precedence.begun
        if left > 0 and (begun is None or begun >= pace.rests_since.timestamp()):
            raise errors.PortalResting(retry_after=left)

    def note(self, *, alive: bool) -> None:
        known = PortalPace.objects.filter(portal_id=self._portal_id)
        if not alive:
            self._note_dead()
        # Looked up first: an update locks the row, or all of SQLite, even where it changes nothing.
        elif known.filter(dead_answers__gt=0).exists():
            known.update(dead_answers=0, rests_since=None, rests_until=None)

    def _note_dead(self) -> None:
        with transaction.atomic(durable=True):
            pace = _locked(self._portal_id)
            pace.dead_answers += 1
            if pace.dead_answers >= _DEAD_IN_A_ROW:
                now = timezone.now()
                rests = pace.rests_until is not None and pace.rests_until > now
                pace.rests_since = pace.rests_since if rests else now
                pace.rests_until = now + _REST
            pace.save(update_fields=["dead_answers", "rests_since", "rests_until"])

    def block(self, method: str, *, reset_at: float | None) -> None:
        now = time.time()
        latest = now + _LONGEST_BLOCK
        # Nothing vouches for the portal's clock.
        end = latest if reset_at is None else min(max(reset_at, now), latest)
        MethodBlock.objects.filter(ends_at__lt=timezone.now()).delete()
        MethodBlock.objects.update_or_create(
            portal_id=self._portal_id,
            sign_in=self._sign_in,
            method=method,
            defaults={"ends_at": datetime.fromtimestamp(end, UTC)},
        )

    def blocked(self, methods: Iterable[str]) -> Mapping[str, float]:
        found = MethodBlock.objects.filter(
            portal_id=self._portal_id,
            sign_in=self._sign_in,
            method__in=methods,
            ends_at__gt=timezone.now(),
        )
        return {block.method: block.ends_at.timestamp() for block in found}

    def shut(self, error: errors.CredentialsRefused) -> None:
        disabling.disable(credential_id=self._credential_id, error=error)


def _locked(portal_id: int) -> PortalPace:
    """Return the portal's row, which nobody else changes before the transaction ends.

    On SQLite transactions that begin take turns (`transaction_mode` in the settings).
    """
    return PortalPace.objects.select_for_update().get_or_create(portal_id=portal_id)[0]
