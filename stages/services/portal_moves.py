"""A portal that has taken another name: nothing secret goes there before somebody vouches for it.

https://apidocs.bitrix24.com/settings/how-to-call-rest-api/change-domen.html. That is an
administrator, or the authorization server, which knows each portal by a name that never changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from stages.bitrix24 import errors
from stages.bitrix24.methods import users
from stages.models import Change, Credential, Portal
from stages.services import authorization, connections, portal_names, portal_refusals, tokens, words
from stages.services.connections import Connection
from stages.services.history import recording


@dataclass(frozen=True, slots=True)
class Move:
    """Where a portal says it has gone; `vouched` by the authorization server.

    `from_settings`: the connection is the installation's webhook, which has its address itself.
    """

    portal: Portal
    base_url: str
    vouched: bool
    may_confirm: bool
    from_settings: bool

    @property
    def host(self) -> str:
        return self.base_url.partition("://")[2]


def find(*, connection: Connection) -> Move:
    """Ask the portal at its known address where it has gone; refuse where it has not."""
    portal = connection.portal
    credential = Credential.objects.select_related("user").get(pk=connection.id)
    base_url = _told(connection)
    vouched = credential.kind == Credential.Kind.OAUTH and _vouched(credential, portal, base_url)
    actor = User.objects.get(pk=connection.actor.user_id)
    administers = connection.grant is None and credential.is_portal_admin
    return Move(
        portal=portal,
        base_url=base_url,
        vouched=vouched,
        may_confirm=vouched or administers or actor.is_superuser,
        from_settings=credential.kind == Credential.Kind.SETTING,
    )


def confirm(*, connection: Connection, base_url: str) -> Move:
    """Send to the address from now on, if it is still what the portal tells and knows us there."""
    portal = connection.portal
    if portal.base_url == base_url:  # new tokens led there while somebody read the page
        return Move(portal, base_url, vouched=True, may_confirm=True, from_settings=False)
    move = find(connection=connection)
    if not move.may_confirm:
        raise portal_refusals.only_administrators_confirm()
    if move.base_url != base_url:
        raise portal_refusals.moved_elsewhere(move.host)
    if not move.from_settings:
        _require_known_there(connection, base_url)
    portal_names.rename(portal=move.portal, base_url=base_url)
    recording.event(
        connection=connection,
        action=Change.Action.PORTAL_SETTINGS,
        what={"address": f"{move.portal.host} → {move.host}"},
    )
    return move


@words.in_words()
def _told(connection: Connection) -> str:
    try:
        connection.probing().client.call(users.profile())
    except errors.PortalMoved as moved:
        if moved.base_url in ("", connection.portal.base_url):
            raise portal_refusals.moved_nowhere() from moved
        return moved.base_url
    raise portal_refusals.not_moved()


def _vouched(credential: Credential, portal: Portal, base_url: str) -> bool:
    """Ask the authorization server; where it cannot tell, an administrator has to."""
    if not authorization.is_offered():
        return False
    try:
        holder = tokens.holder(credential)
    except errors.Bitrix24Error:
        return False
    return (holder.member_id, holder.base_url) == (portal.member_id, base_url)


@words.in_words(fate="Nothing was changed.")
def _require_known_there(connection: Connection, base_url: str) -> None:
    credential = Credential.objects.select_related("portal").get(pk=connection.id)
    credential.portal.base_url = base_url  # in memory: nothing is stored before this succeeds
    there = connections.use(credential=credential, actor=connection.actor)
    if there.probing().client.call(users.profile()).id != credential.person_id:
        raise portal_refusals.somebody_else_there()
