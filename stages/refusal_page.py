"""A refusal as a page, or as the part of a page that htmx asked for."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_template

from stages import htmx
from stages.http import PortalRequest, form
from stages.services import shapes
from stages.services.refusals import NoConnection, Refusal, WhichPortal

logger = logging.getLogger(__name__)

_PROBE = "probe"  # the parameter, "1", of a request that is made again by hand


def render(request: PortalRequest, refusal: Refusal) -> HttpResponse:
    """Answer with what was refused and why; what was typed is kept for another try.

    Under /api/ programs ask, and get JSON, wherever on the way the refusal came up.
    """
    # The reason has the portal's own code in it; people read the words.
    logger.warning("%s %s: %s (%r)", request.method, request.path, refusal, refusal.__cause__)
    waits = {} if refusal.wait is None else {"Retry-After": str(refusal.wait)}
    if request.path_info.startswith("/api/"):
        shape = shapes.refusal_as_json(refusal)
        return JsonResponse(shape, status=refusal.status, headers=waits)
    match = request.resolver_match
    ref = refusal.ref or (match.kwargs.get("ref") if match else None)
    if match and match.url_name == "boards" and _needs_connecting(request, refusal):
        return redirect("portals")
    if isinstance(refusal, WhichPortal) and request.method in ("GET", "HEAD"):
        return _which_portal(request, refusal)
    context = {
        "refusal": refusal,
        "details": refusal.board,
        "ref": ref,
        # What is of a board leads back to it; the board's own address would lead nowhere.
        "board_offered": bool(match and ref and match.url_name != "board"),
        "fields": [
            (name, value)
            for name, values in form(request).lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", _PROBE)
        ],
        "again": _again(request),
    }
    part = htmx.wants_part(request)
    template = "stages/partials/_refused.html" if part else "stages/refused.html"
    response = render_template(request, template, context, status=refusal.status)
    if part and not refusal.board:
        # Nothing newer to show: the page keeps what it has, and a script puts a drop back.
        response["HX-Reswap"] = "none"
    for name, value in waits.items():
        response[name] = value
    return response


def _needs_connecting(request: PortalRequest, refusal: Refusal) -> bool:
    """Tell whether somebody has come to the front door and has no portal yet."""
    is_new = isinstance(refusal, NoConnection) and not (request.portal_slug or request.frame)
    return is_new and not htmx.wants_part(request)


def _which_portal(request: PortalRequest, refusal: WhichPortal) -> HttpResponse:
    """Ask on which portal the page is meant."""
    places = [
        (portal, f"/p/{portal.slug}{request.get_full_path()}")
        for portal in sorted(refusal.portals, key=str)
    ]
    return render_template(request, "stages/which_portal.html", {"places": places})


def is_another_try(request: HttpRequest) -> bool:
    """Tell whether somebody has been refused and tries again."""
    return "1" in (request.GET.get(_PROBE), form(request).get(_PROBE))


def _again(request: HttpRequest) -> str:
    """Return the address of the same page for another try."""
    query = request.GET.copy()
    query[_PROBE] = "1"
    return f"{request.path}?{query.urlencode()}"
