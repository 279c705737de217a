"""What a new key to a portal takes the place of, and what of that goes on."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from stages.domain.actor import Actor
from stages.models import Change, Credential, Portal
from stages.services.history import recording


@dataclass(frozen=True, slots=True)
class Bound:
    """What is bound to a connection: the names of who it is shared with, and of API tokens."""

    shared_with: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.shared_with or self.tokens)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A connection that a sign-in would take the place of, with what is bound to it."""

    credential: Credential
    bound: Bound


def at(*, user: User, base_url: str) -> Earlier | None:
    """Return what a person has for a portal, None where nothing is bound to it."""
    found = Credential.objects.select_related("portal").filter(user=user)
    credential = found.filter(portal__base_url=base_url).first()
    bound = _bound(credential) if credential else Bound()
    return Earlier(credential, bound) if credential and bound else None


def make_way(
    *, portal: Portal, user: User, kind: Credential.Kind, person_id: int, actor: Actor
) -> Bound:
    """End what does not go on with a new key, note that down, and return it.

    With a key of the same person everything does, but that only a webhook can be shared. Call it in
    a transaction.
    """
    earlier = Credential.objects.filter(portal=portal, user=user).first()
    if earlier is None:
        return Bound()
    bound = _bound(earlier)
    if earlier.person_id != person_id:
        _note(earlier, bound, actor)
        earlier.delete()
        return bound
    if kind != Credential.Kind.OAUTH:
        return Bound()
    ended = Bound(shared_with=bound.shared_with)
    _note(earlier, ended, actor)
    earlier.shares.all().delete()
    return ended


def _bound(credential: Credential) -> Bound:
    shares = credential.shares.order_by("user__username")
    tokens = credential.api_tokens.filter(user=credential.user_id, revoked_at=None).order_by("pk")
    return Bound(
        tuple(shares.values_list("user__username", flat=True)),
        tuple(tokens.values_list("name", flat=True)),
    )


def _note(credential: Credential, ended: Bound, actor: Actor) -> None:
    told = [(Change.Action.UNSHARE, {"with": name}) for name in ended.shared_with]
    told += [(Change.Action.REVOKE_TOKEN, {"name": name}) for name in ended.tokens]
    for action, what in told:
        recording.event_of(credential=credential, actor=actor, action=action, what=what)
