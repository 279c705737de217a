"""Confirming the new address of a portal that has moved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stages.http import PortalRequest
from stages.services import portal_moves


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: PortalRequest, slug: str) -> HttpResponse:
    confirmed = request.method == "POST"
    if confirmed:
        base_url = request.POST.get("base_url", "")
        move = portal_moves.confirm(connection=request.connection, base_url=base_url)
        if not move.from_settings:
            messages.success(request, f"The portal is {move.host} from now on.")
            return redirect("boards")
    else:
        move = portal_moves.find(connection=request.connection)
    context = {"move": move, "slug": slug, "confirmed": confirmed, "section": "portals"}
    return render(request, "stages/portal_address.html", context)
