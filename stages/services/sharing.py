"""Sharing a webhook with others: boards of some groups, to edit or only to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from stages.models import Change, Credential, Share
from stages.services import portal_refusals, refusals, sharer
from stages.services.boards import ListedBoard
from stages.services.connections import Connection
from stages.services.history import recording
from stages.services.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Shared:
    """What one person was lent; `group_titles` are those of the groups that can be seen now.

    `own` tells that they have a connection of their own by now, which is used in its place.
    """

    id: int
    user_name: str
    may_edit: bool
    group_ids: frozenset[int]
    group_titles: tuple[str, ...]
    since: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class Sharing:
    """What somebody shares of a portal; `groups` may be picked, unless there is a `why_not`."""

    person_name: str
    shares: tuple[Shared, ...]
    groups: tuple[ListedBoard, ...]
    why_not: str

    def share(self, share_id: int) -> Shared:
        for found in self.shares:
            if found.id == share_id:
                return found
        raise portal_refusals.no_such_share()


def overview(*, connection: Connection) -> Sharing:
    """Return what the person shares; what cannot be read of the portal is not offered."""
    credential = sharer.own(connection)
    try:
        name, why_not = sharer.whose(connection, credential)
        groups = sharer.groups(connection)
    except Refusal as refusal:
        name, groups, why_not = credential.person_name, (), f"{refusal.message} {refusal.hint}"
    titles = {board.ref.entity_id: board.title for board in groups}
    rows = credential.shares.select_related("user").order_by("user__username")
    shares = tuple(_shared(row, titles) for row in rows)
    return Sharing(name, shares, groups, why_not)


def share(
    *, connection: Connection, user_name: str, may_edit: bool, group_ids: Sequence[int]
) -> None:
    """Lend the webhook to a user of the installation, for groups its owner sees."""
    credential = sharer.own(connection)
    picked = _picked(connection, credential, group_ids)
    user = User.objects.filter(username=user_name, is_active=True).first()
    if user is None:
        raise refusals.no_such_user(user_name)
    if user.pk == credential.user_id:
        raise refusals.invalid("You need not share anything with yourself.")
    with transaction.atomic():
        # Two at once take turns here, so that nobody is lent two connections to one portal.
        User.objects.select_for_update().get(pk=user.pk)
        of_portal = Credential.objects.filter(portal=credential.portal, disabled_reason="")
        if of_portal.filter(user=user).exists():
            raise refusals.invalid(f"{user_name} has a connection of their own to this portal.")
        if of_portal.filter(shares__user=user).exists():
            raise refusals.invalid(f"{user_name} has a connection to this portal shared already.")
        row = Share.objects.create(credential=credential, user=user, **_terms(may_edit, picked))
        _note(connection, Change.Action.SHARE, row, picked)


def change(
    *, connection: Connection, share_id: int, may_edit: bool, group_ids: Sequence[int]
) -> None:
    """Change what somebody may do by a share, and with which groups."""
    credential = sharer.own(connection)
    row = _share(credential, share_id)
    picked = _picked(connection, credential, group_ids)
    with transaction.atomic():
        if not Share.objects.filter(pk=row.pk).update(**_terms(may_edit, picked)):
            raise portal_refusals.no_such_share()
        row.refresh_from_db()
        _note(connection, Change.Action.SHARE, row, picked)


def end(*, connection: Connection, share_id: int) -> str:
    """End a share, whether the portal answers or not; return whose it was."""
    row = _share(sharer.own(connection), share_id)
    with transaction.atomic():
        deleted, _ = Share.objects.filter(pk=row.pk).delete()
        if deleted:
            _note(connection, Change.Action.UNSHARE, row)
    return row.user.get_username()


def _share(credential: Credential, share_id: int) -> Share:
    row = credential.shares.select_related("user").filter(pk=share_id).first()
    if row is None:
        raise portal_refusals.no_such_share()
    return row


def _picked(
    connection: Connection, credential: Credential, group_ids: Iterable[int]
) -> dict[int, str]:
    """Return the groups that were picked, by number and title; refuse those not one's to give."""
    _, why_not = sharer.whose(connection, credential)
    if why_not:
        raise portal_refusals.may_not_share(why_not)
    titles = {board.ref.entity_id: board.title for board in sharer.groups(connection)}
    if not set(group_ids) <= set(titles):
        raise refusals.invalid("One of these groups is not there, or you do not see it.")
    picked = {group_id: titles[group_id] for group_id in sorted(set(group_ids))}
    if not picked:
        raise refusals.invalid("Pick at least one group.")
    return picked


def _terms(may_edit: bool, picked: dict[int, str]) -> dict[str, Any]:
    level = Share.Level.EDITOR if may_edit else Share.Level.VIEWER
    return {"level": level, "group_ids": list(picked)}


def _shared(row: Share, titles: dict[int, str]) -> Shared:
    own = Credential.objects.filter(
        portal=row.credential.portal_id, user=row.user_id, disabled_reason=""
    )
    return Shared(
        id=row.pk,
        user_name=row.user.get_username(),
        may_edit=row.level == Share.Level.EDITOR,
        group_ids=frozenset(row.group_ids),
        group_titles=tuple(titles[one] for one in row.group_ids if one in titles),
        since=row.created_at,
        own=own.exists(),
    )


def _note(
    connection: Connection, action: Change.Action, row: Share, picked: dict[int, str] | None = None
) -> None:
    what = {"with": row.user.get_username()}
    if picked:
        what |= {"who": row.get_level_display(), "boards": ", ".join(picked.values())}
    recording.event(connection=connection, action=action, what=what)
