"""Who asks, and how often: by token alone, never by a session or a local sign-in."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from stages.services import api_access, token_refusals
from stages.services.api_access import Access


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer <token>`; leaves an Access in `request.auth`."""

    def authenticate(self, request: Request) -> tuple[User, Access] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if not scheme:
            return None
        if scheme.lower() != "bearer" or not secret.strip():
            raise token_refusals.missing()
        access = api_access.identify(secret.strip())
        return access.user, access

    def authenticate_header(self, _request: Request) -> str:
        return "Bearer"


def access(request: Request) -> Access:
    """Return what the token of a request opens, once HasToken has let it in."""
    found: Any = request.auth
    return cast(Access, found)


class HasToken(BasePermission):
    def has_permission(self, request: Request, _view: Any) -> bool:
        return isinstance(request.auth, Access)


class PerToken(BaseThrottle):
    """Lets a token ask so many times a minute."""

    def __init__(self) -> None:
        self._pause: float | None = None

    def allow_request(self, request: Request, _view: Any) -> bool:
        self._pause = api_access.pause(access(request))
        return self._pause is None

    def wait(self) -> float | None:
        return self._pause
