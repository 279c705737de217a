"""A person's own connections: which there are, testing and ending one, and the portal's plan."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from stages.bitrix24.clock import SYSTEM, Deadline
from stages.domain import scopes
from stages.domain.scopes import Need
from stages.models import Change, Credential, Portal
from stages.models.fields import WrongKey
from stages.services import (
    connection_refusals,
    connections,
    portal_pace,
    refusals,
    visitors,
    visits,
    words,
)
from stages.services.connecting import checking, storing
from stages.services.refusals import Refusal

PLANS = tuple(Portal.Plan.choices)
_FIRST_LOOK = 3  # seconds that a page waits to learn whose a connection is


@dataclass(frozen=True, slots=True)
class Own:
    """One connection, as its page shows it.

    `missing` is what does not work for lack of a scope, None where the connection was never tested.
    `is_readable` is False where no encryption key opens what is stored.
    """

    credential: Credential
    missing: tuple[Need, ...] | None
    is_readable: bool
    may_set_plan: bool

    @property
    def portal(self) -> Portal:
        return self.credential.portal

    @property
    def address(self) -> str:
        """Where the portal's boards are."""
        return f"/p/{self.portal.slug}/"

    @property
    def is_of_sandbox(self) -> bool:
        sandbox: str = settings.SANDBOX_URL
        return settings.USES_SANDBOX and self.portal.base_url == sandbox.rstrip("/")

    @property
    def is_from_settings(self) -> bool:
        return self.credential.kind == Credential.Kind.SETTING

    @property
    def is_sign_in(self) -> bool:
        return self.credential.kind == Credential.Kind.OAUTH

    @property
    def whose(self) -> str:
        return self.credential.person_name or f"person {self.credential.person_id}"

    @property
    def works(self) -> bool:
        return self.is_readable and not self.credential.disabled_reason


def listed(*, user: User) -> list[Own]:
    """Return a person's connections, in the order of their portals.

    The one from the settings is tested when it is first looked at, so that it says whose it is.
    """
    visits.open_to(user=user)  # takes down the webhook of the installation
    found = visits.shown().filter(user=user).order_by("portal__base_url")
    for credential in found.filter(tested_at=None, disabled_reason=""):
        with suppress(Refusal):
            _check(credential, user, Deadline.within(_FIRST_LOOK, SYSTEM))
    return [_own(credential, user) for credential in found.all()]


def lent(*, user: User) -> list[Credential]:
    """Return the connections of others that open boards of their portals to this person."""
    return [found for found in visits.open_to(user=user) if found.user_id != user.pk]


def find(*, user: User, credential_id: int) -> Own:
    """Return one of a person's connections."""
    return _own(_find(user, credential_id), user)


def test(*, user: User, credential_id: int) -> Own:
    """Ask the portal whether a connection works, and take down what it may do.

    Where it works it is on again; refused in words where it does not.
    """
    _check(_find(user, credential_id), user)
    return find(user=user, credential_id=credential_id)


def disconnect(*, user: User, credential_id: int) -> Portal:
    """Forget a connection with its secrets, what was lent of it, and the tokens made with it."""
    credential = _find(user, credential_id)
    if credential.kind == Credential.Kind.SETTING:
        raise connection_refusals.from_settings()
    portal = credential.portal
    with transaction.atomic():
        kind = Credential.Kind(credential.kind).label
        storing.note(credential, Change.Action.DISCONNECT, visitors.actor(user=user), by=kind)
        credential.delete()
    return portal


def set_plan(*, user: User, credential_id: int, plan: str) -> Portal:
    """Say which limit on requests a portal has; it holds for all who use it here."""
    own = find(user=user, credential_id=credential_id)
    if not own.may_set_plan:
        raise connection_refusals.not_your_plan()
    if plan not in Portal.Plan.values:
        raise refusals.invalid("There is no such plan.")
    if plan != own.portal.plan:
        portal_pace.set_plan(portal=own.portal, plan=Portal.Plan(plan))
        action, actor = Change.Action.PORTAL_SETTINGS, visitors.actor(user=user)
        storing.note(own.credential, action, actor, plan=Portal.Plan(plan).label.partition(":")[0])
    return own.portal


def _find(user: User, credential_id: int) -> Credential:
    found = visits.shown().filter(user=user, pk=credential_id).first()
    if found is None:
        raise connection_refusals.connection_not_found()
    return found


def _check(credential: Credential, user: User, deadline: Deadline | None = None) -> None:
    connection = connections.use(credential=credential, actor=visitors.actor(user=user))
    connection = connection.until(deadline) if deadline else connection.probing()
    with words.in_words():
        check = checking.check(connection.client)
    if check.me.id != credential.person_id:
        raise refusals.invalid("The portal says that this connection belongs to somebody else.")
    Credential.objects.filter(pk=credential.pk).update(**storing.tested(check))


def _own(credential: Credential, user: User) -> Own:
    return Own(
        credential=credential,
        missing=scopes.missing(credential.scopes) if credential.tested_at else None,
        is_readable=_is_readable(credential),
        may_set_plan=credential.is_portal_admin or user.is_superuser,
    )


def _is_readable(credential: Credential) -> bool:
    try:
        _ = credential.secret, credential.refresh_secret
    except WrongKey:
        return False
    return True
