"""A refusal as a page, or as the part of a page that htmx asked for."""

from __future__ import annotations

import logging
import math

from django.http import HttpResponse
from django.shortcuts import render as render_template

from stages import htmx
from stages.http import PortalRequest
from stages.services.refusals import Refusal

logger = logging.getLogger(__name__)


def render(request: PortalRequest, refusal: Refusal) -> HttpResponse:
    """Answer with what was refused and why; what was typed is kept for another try."""
    # The reason has the portal's own code in it; people read the words.
    logger.warning("%s %s: %s (%r)", request.method, request.path, refusal, refusal.__cause__)
    match = request.resolver_match
    context = {
        "refusal": refusal,
        "details": refusal.board,
        "ref": match.kwargs.get("ref") if match else None,
        # An address below a board leads back to it; the board's own address would lead nowhere.
        "board_offered": bool(match and "ref" in match.kwargs and match.url_name != "board"),
        "fields": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ],
    }
    part = htmx.wants_part(request)
    template = "stages/partials/_refused.html" if part else "stages/refused.html"
    response = render_template(request, template, context, status=refusal.status)
    if part and not refusal.board:
        # Nothing newer to show: the page keeps what it has, and a script puts a drop back.
        response["HX-Reswap"] = "none"
    if refusal.retry_after is not None:
        response["Retry-After"] = str(math.ceil(refusal.retry_after))
    return response
