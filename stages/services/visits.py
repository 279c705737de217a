"""Which portal a visitor acts on, and with which of their credentials."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from stages.bitrix24.auth import WebhookAuth
from stages.domain.access import Grant
from stages.domain.actor import Source
from stages.models import Credential, Share
from stages.services import (
    connection_refusals,
    connections,
    installation_webhook,
    refusals,
    token_refusals,
    visitors,
)
from stages.services.connections import Connection
from stages.services.frames import Frame
from stages.services.refusals import Refusal


def connect(*, user: User, slug: str = "", source: Source = Source.PAGE) -> Connection:
    """Return the visitor's connection to the portal with this slug, or to their only one.

    Refused where there is none, and where there are several and none is named.
    """
    opened = open_to(user=user)
    if slug:
        opened = [found for found in opened if found.portal.slug == slug]
    if not opened:
        raise _none(user, slug)
    if len(opened) > 1:
        raise refusals.which_portal([found.portal for found in opened])
    return use(credential=opened[0], user=user, source=source)


def reopen(*, credential: Credential, user: User, source: Source) -> Connection:
    """Return the connection by one certain credential; refuse what is not open to the person now.

    That may have been lent to them and taken back, or be of no use any more.
    """
    if credential.disabled_reason:
        raise token_refusals.connection_disabled(credential.disabled_reason)
    if not _usable(user).filter(pk=credential.pk).exists():
        raise token_refusals.connection_closed()
    return use(credential=credential, user=user, source=source)


def use(*, credential: Credential, user: User, source: Source) -> Connection:
    """Return the connection that a credential opens for a person, without asking if it may."""
    actor = visitors.actor(user=user, source=source)
    return connections.use(credential=credential, actor=actor, grant=_grant(credential, user))


def in_frame(*, frame: Frame, slug: str = "") -> Connection:
    """Return the connection of whoever is in a portal's frame, to that portal and no other."""
    session = frame.session
    if session is None or slug not in ("", session.portal.slug):
        raise refusals.no_connection()
    return use(credential=session.credential, user=session.user, source=Source.FRAME)


def open_to(*, user: User) -> list[Credential]:
    """Return the credentials a visitor may use, one for each portal: their own before shared ones.

    Where the installation has a webhook of its own, its portal is the only one.
    """
    webhook: WebhookAuth | None = settings.BITRIX24_WEBHOOK
    if webhook and (settings.LOCAL or user.is_superuser):
        installation_webhook.ensure(user=user, webhook=webhook)
    found = _usable(user).order_by("pk")
    own = {one.portal_id: one for one in found if one.user_id == user.pk}
    shared = {one.portal_id: one for one in found if one.user_id != user.pk}
    return list((shared | own).values())


def shown() -> QuerySet[Credential]:
    """Return the credentials that the settings let be used now, whoever's they are."""
    webhook: WebhookAuth | None = settings.BITRIX24_WEBHOOK
    found = Credential.objects.select_related("portal")
    if webhook and not settings.USES_SANDBOX:
        found = found.filter(portal__base_url=webhook.base_url)
    # A credential from the settings is as good as the settings are now.
    stale = Q(kind=Credential.Kind.SETTING)
    return found.exclude(stale & ~Q(portal__base_url=webhook.base_url) if webhook else stale)


def _usable(user: User) -> QuerySet[Credential]:
    """Return the credentials a person has, or has been lent, that are of use."""
    found = shown().filter(disabled_reason="")
    return found.filter(Q(user=user) | Q(shares__user=user)).distinct()


def _none(user: User, slug: str) -> Refusal:
    """Return why a visitor has no connection: one of their own may be switched off."""
    off = shown().filter(user=user).exclude(disabled_reason="")
    found = (off.filter(portal__slug=slug) if slug else off).first()
    if found is None:
        return refusals.no_connection()
    return connection_refusals.switched_off(found.portal.host, found.disabled_reason)


def _grant(credential: Credential, user: User) -> Grant | None:
    if credential.user_id == user.pk:
        return None
    share = Share.objects.filter(credential=credential, user=user).first()
    if share is None:
        raise refusals.no_connection()
    return Grant(
        may_edit=share.level == Share.Level.EDITOR,
        groups=frozenset(share.group_ids),
        lender=credential.person_name or credential.user.get_username(),
    )
