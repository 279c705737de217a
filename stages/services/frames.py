"""Frames in a portal's pages, and who is in them."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from stages.models import Credential, Portal


@dataclass(frozen=True, slots=True)
class FrameSession:
    """Somebody in a portal's frame, with their own credential, since a Unix time."""

    credential: Credential
    opened_at: float

    @property
    def user(self) -> User:
        return self.credential.user

    @property
    def portal(self) -> Portal:
        return self.credential.portal


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame in the pages of a portal; without a session nobody knows who is in it."""

    portal_url: str
    session: FrameSession | None = None


def of(session: FrameSession) -> Frame:
    """Return the frame of a session."""
    return Frame(session.portal.base_url, session)


def find(*, credential_id: int, portal_id: int, opened_at: float) -> Frame | None:
    """Return the frame of a session; an empty one where the person may not go on."""
    usable = Credential.objects.select_related("portal", "user").filter(
        kind=Credential.Kind.OAUTH, disabled_reason="", user__is_active=True
    )
    credential = usable.filter(pk=credential_id, portal_id=portal_id).first()
    return of(FrameSession(credential, opened_at)) if credential else empty(portal_id=portal_id)


def empty(*, portal_id: int) -> Frame | None:
    """Return the frame of a portal with nobody in it, None where the portal is gone."""
    portal = Portal.objects.filter(pk=portal_id).first()
    return Frame(portal.base_url) if portal else None


def at(*, host: str) -> Frame | None:
    """Return the frame of the portal with this host, if it is one we know, with nobody in it."""
    known = Portal.objects.filter(base_url__in=(f"https://{host}", f"http://{host}")).first()
    return Frame(known.base_url) if known else None
