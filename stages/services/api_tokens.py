"""Tokens for the API: made and shown once, bound to one connection, listed and revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from stages.domain.actor import Source
from stages.models import ApiToken, Change
from stages.services import lending, token_refusals, visitors, visits
from stages.services.connections import Connection
from stages.services.history import recording

LONGEST_NAME = 100  # characters
_PREFIX = "ba_"  # by which a token that got out is recognised wherever it turns up


@dataclass(frozen=True, slots=True)
class Created:
    """A new token; `secret` is what programs send, known here and nowhere else."""

    secret: str
    token: ApiToken


def create(
    *,
    connection: Connection,
    name: str,
    days: int | None = None,
    may_act_as_admin: bool = False,
) -> Created:
    """Make a token that acts as the connection's actor, for so many days or for ever."""
    lending.check_role(connection, as_admin=may_act_as_admin)
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user_id=connection.actor.user_id,
        credential_id=connection.id,
        name=name,
        digest=digest(secret),
        may_act_as_admin=may_act_as_admin,
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )
    what = {"name": name, "as_admin": "yes"} if may_act_as_admin else {"name": name}
    recording.event(connection=connection, action=Change.Action.CREATE_TOKEN, what=what)
    return Created(secret, token)


def own(*, user: User, slug: str = "") -> Sequence[ApiToken]:
    """Return a person's tokens that are not revoked, the latest first; of one portal if named.

    Refused where a portal is named that the person neither has tokens for nor a connection to.
    """
    found = ApiToken.objects.select_related("credential__portal", "credential__user")
    found = found.filter(user=user, revoked_at=None)
    if slug:
        found = found.filter(credential__portal__slug=slug)
        if not found.exists():
            visits.connect(user=user, slug=slug)
    return list(found.order_by("-pk"))


def find(*, user: User, named: str) -> ApiToken:
    """Return a person's token, named by its number or by itself; refuse what is none of theirs."""
    match = Q(digest=digest(named))
    if named.isascii() and named.isdecimal() and len(named) < 19:
        match |= Q(pk=int(named))
    token = (
        ApiToken.objects.select_related("credential__portal", "credential__user")
        .filter(match, user=user, revoked_at=None)
        .first()
    )
    if token is None:
        raise token_refusals.not_found()
    return token


def revoke(*, user: User, named: str, source: Source = Source.PAGE) -> ApiToken:
    """Revoke a person's token, named as in `find`."""
    token = find(user=user, named=named)
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    recording.event_of(
        credential=token.credential,
        actor=visitors.actor(user=user, source=source),
        action=Change.Action.REVOKE_TOKEN,
        what={"name": token.name},
    )
    return token


def digest(secret: str) -> str:
    """Return the hash of a token; a plain one will do, since what it hashes is random and long."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
