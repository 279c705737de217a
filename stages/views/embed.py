"""What a portal posts to: the app in its frame, its installation, and events."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, resolve, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from stages import portal_paths, refusal_page
from stages.domain import placement as placements
from stages.domain.placement import Destination
from stages.embed import event as events
from stages.embed import guest, opening, session
from stages.http import PortalRequest, portal_not_required
from stages.services import frame_refusals, frames
from stages.services.embedding import events as event_service
from stages.services.embedding import installing
from stages.services.embedding import opening as opening_service
from stages.services.frames import FrameSession
from stages.services.refusals import Refusal

View = Callable[[PortalRequest], HttpResponse]


def posted_by_a_portal(view: View) -> View:
    """Let a portal's page post to the view, and show in its frame what is refused.

    No such form can have a CSRF token; it is proved otherwise, see services/embedding/proof.py.
    """

    @login_not_required
    @portal_not_required
    @csrf_exempt
    @wraps(view)
    def posted(request: PortalRequest) -> HttpResponse:
        if request.method == "GET" and "state" in request.GET:
            # An app has one address: whoever has signed in on the portal comes back here as well.
            return redirect(f"{reverse('finish_sign_in')}?{request.GET.urlencode()}")
        if request.portal_slug:
            raise Http404  # what opens the app says of which portal it is
        if request.method != "POST":
            raise frame_refusals.not_in_a_frame()
        guest.check_size(request)
        try:
            return view(request)
        except Refusal as refusal:
            if request.frame is None or request.frame.session is None:
                frame_refusals.forget_the_form(refusal)
            raise

    return posted


@posted_by_a_portal
def embed(request: PortalRequest) -> HttpResponse:
    claim, placement = opening.claim(request), opening.placement(request)
    frame_session = opening_service.open_app(claim=claim)
    _enter(request, frame_session)
    person_id = frame_session.credential.person_id
    with portal_paths.of_portal(request.portal_slug):
        return _show(request, placements.destination(placement, person_id=person_id))


@posted_by_a_portal
def install(request: PortalRequest) -> HttpResponse:
    installed = installing.install(claim=opening.claim(request))
    _enter(request, installed.session)
    with portal_paths.of_portal(request.portal_slug):
        return render(request, "stages/installed.html", {"installed": installed})


@login_not_required
@portal_not_required
@csrf_exempt
@require_POST
def heed_event(request: HttpRequest) -> HttpResponse:
    """Answer a portal's queue, which reads the status at most."""
    try:
        guest.check_size(request)
        event = events.read(request)
        event_service.heed(event=event.name, claim=event.claim, clean=event.clean)
    except Refusal as refusal:
        return HttpResponse(f"{refusal}\n", "text/plain", status=refusal.status)
    return HttpResponse("ok\n", "text/plain")


@require_POST
def renew_frame(request: PortalRequest) -> HttpResponse:
    """Renew the session of a page that is still open."""
    if request.frame is None:
        raise frame_refusals.session_over()
    return HttpResponse(status=204, headers={session.RENEWED: session.text(request.frame)})


def _enter(request: PortalRequest, frame_session: FrameSession) -> None:
    """Go on in the frame as the person who has opened it."""
    request.frame = frames.of(frame_session)
    request.user = frame_session.user
    request.portal_slug = frame_session.portal.slug


def _show(request: PortalRequest, destination: Destination) -> HttpResponse:
    """Answer with a page of ours as if it had been asked for by its own address.

    A redirect would need a cookie, which the browser may block, or a token in an address.
    """
    if destination.foreign_planner:
        messages.info(request, "You can edit only your own planner. These are your boards.")
    board = destination.board
    request.path = reverse("board", args=[board]) if board else reverse("boards")
    request.path_info = f"/{request.path.removeprefix(get_script_prefix())}"
    request.method, request.GET, request.POST = "GET", QueryDict(), QueryDict()
    request.META["QUERY_STRING"] = ""
    view, args, kwargs = request.resolver_match = resolve(request.path_info)
    try:
        response: HttpResponse = view(request, *args, **kwargs)
    except Refusal as refusal:
        # Here, and not around the view that is left: its links are of this portal as well.
        return refusal_page.render(request, refusal)
    return response
