"""What happens around every view: sign-in, the portal's connection, refusals in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from stages import htmx, portal_paths, refusal_page
from stages.http import PortalRequest
from stages.services import refusals, visitors, visits
from stages.services.connections import Connection
from stages.services.refusals import Refusal

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_PORTAL_ADDRESS = re.compile(r"/p/([a-z0-9-]{1,63})(/.*)?", re.DOTALL)


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
        with portal_paths.of_portal(portal_request.portal_slug):
            return self.get_response(request)


class SignIn(LoginRequiredMiddleware):
    """Let in who has signed in; a local installation knows its one visitor.

    Signing in opens no portal: that takes a connection. Views marked as Django's
    `login_not_required` are open to all.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        frame = cast(PortalRequest, request).frame
        if frame and frame.session:
            request.user = frame.session.user
        elif settings.LOCAL:
            request.user = cast(User, SimpleLazyObject(visitors.local_administrator))
        response = cast(HttpResponseBase, super().__call__(request))
        # A page shows a portal as it is for one person now: no cache keeps it, no Back shows it.
        add_never_cache_headers(cast(HttpResponse, response))
        return response

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer and htmx.wants_part(request):
            return refusal_page.render(cast(PortalRequest, request), refusals.signed_out())
        return answer


class PortalConnection:
    """Put the person's connection on the request; who has none gets no view but those marked.

    Where a path has a portal's `slug` in it, the connection is to that portal.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        portal_request = cast(PortalRequest, request)

        def connect() -> Connection:
            slug, user = portal_request.portal_slug, cast(User, request.user)
            if portal_request.frame:
                connection = visits.in_frame(frame=portal_request.frame, slug=slug)
            else:
                connection = visits.connect(user=user, slug=slug)
            # Whoever tries again wants to know whether a portal that rests answers again.
            return connection.probing() if refusal_page.is_another_try(request) else connection

        portal_request.connection = cast(Connection, SimpleLazyObject(connect))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, _args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        portal_request = cast(PortalRequest, request)
        slug: str = kwargs.get("slug", portal_request.portal_slug)
        if portal_request.portal_slug not in ("", slug):
            return refusal_page.render(portal_request, refusals.no_connection())
        portal_request.portal_slug = slug
        if getattr(view, "portal_required", True):
            try:
                bool(portal_request.connection)  # made here, whatever the view does with it
            except Refusal as refusal:
                return refusal_page.render(portal_request, refusal)
        return None


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
