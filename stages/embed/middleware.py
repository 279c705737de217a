"""The frame around a request: who is in it, and what its answers need to be shown there."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from stages import portal_paths, refusal_page
from stages.embed import cookies, guest, session
from stages.http import PortalRequest
from stages.services import frame_refusals

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_COOKIE_LIFETIME = 7 * 24 * 3600  # seconds: longer than the session, to say so when that is over
_OF_THE_PORTAL = frozenset({"embed", "install", "heed_event"})
# For people who sign in here; a portal's people are let in by their portal.
_OF_THE_INSTALLATION = ("/portals/", "/accounts/", "/api/")


class PortalFrame:
    """Put the frame on the request; what is no frame's stays as it is."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        portal_request = cast(PortalRequest, request)
        portal_request.frame = None
        if guest.opens(request):
            portal_request.frame = guest.frame(request)
        elif found := session.presented(request):
            portal_request.frame = session.read(found.text)
            if portal_request.frame and found.by_page:
                # Only a page of ours has it; cookies come with requests of any page.
                setattr(request, "csrf_processing_done", True)  # noqa: B010 -- no type has it
        response = self.get_response(request)
        frame = portal_request.frame
        if frame:
            if frame.session and isinstance(response, HttpResponse):
                text = session.text(frame)
                response.set_cookie(session.COOKIE, text, _COOKIE_LIFETIME, httponly=True)
                cookies.confine(response, portal_paths.below(frame.session.portal.slug))
            cookies.partition(response)
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        portal_request = cast(PortalRequest, request)
        frame, match = portal_request.frame, request.resolver_match
        if frame is None or (match and match.url_name in _OF_THE_PORTAL):
            return None
        if frame.session is None:
            return refusal_page.render(portal_request, frame_refusals.session_over())
        if request.path_info.startswith(_OF_THE_INSTALLATION):
            return refusal_page.render(portal_request, frame_refusals.not_in_here())
        return None
