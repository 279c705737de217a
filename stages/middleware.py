"""What happens around every view: sign-in, the portal's connection, refusals in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from stages import htmx, refusal_page
from stages.http import PortalRequest
from stages.services import refusals, visitors, visits
from stages.services.connections import Connection
from stages.services.refusals import Refusal

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_PORTAL_ADDRESS = re.compile(r"/p/([a-z0-9-]{1,63})(/.*)?", re.DOTALL)
_OPEN_TO_ALL = frozenset({"login", "logout", "healthz", "readyz"})


class PortalAddress:
    """Take the portal out of an address: `/p/<slug>/boards/` is `/boards/` of that portal.

    Where it was named, addresses that are made lead to the same portal.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        portal_request = cast(PortalRequest, request)
        portal_request.portal_slug = ""
        match = _PORTAL_ADDRESS.fullmatch(request.path_info)
        if not match:
            return self.get_response(request)
        portal_request.portal_slug, rest = match.groups()
        request.path_info = rest or "/"
        prefix = get_script_prefix()
        set_script_prefix(f"{prefix}p/{portal_request.portal_slug}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(prefix)


class SignIn:
    """Let in who may use the installation: locally its one visitor, deployed its administrators.

    Until people bring connections of their own, a deployed installation acts on the portal as the
    owner of one webhook, so only superusers get that far.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.LOCAL:
            request.user = cast(User, SimpleLazyObject(visitors.local_administrator))
        response = self.get_response(request)
        # A page shows a portal as it is for one person now: no cache keeps it, no Back shows it.
        add_never_cache_headers(cast(HttpResponse, response))
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if settings.LOCAL or (match and match.url_name in _OPEN_TO_ALL):
            return None
        if not request.user.is_authenticated:
            if htmx.wants_part(request):
                return refusal_page.render(cast(PortalRequest, request), refusals.signed_out())
            return redirect_to_login(request.get_full_path())
        if not request.user.is_superuser:
            raise PermissionDenied
        return None


class PortalConnection:
    """Put the person's connection on the request; it is made, or refused, when a view uses it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        portal_request = cast(PortalRequest, request)

        def connect() -> Connection:
            user = cast(User, request.user)
            connection = visits.connect(user=user, slug=portal_request.portal_slug)
            # Whoever tries again wants to know whether a portal that rests answers again.
            return connection.probing() if refusal_page.is_another_try(request) else connection

        portal_request.connection = cast(Connection, SimpleLazyObject(connect))
        return self.get_response(request)


class RefusalPages:
    """Answer what a service refused: a page for a browser, a part of one for htmx."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        return refusal_page.render(cast(PortalRequest, request), exception)
