"""The list of boards, and a board."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stages import htmx
from stages.domain.board import BoardRef
from stages.http import PortalRequest
from stages.services import boards as service


@require_safe
def boards(request: PortalRequest) -> HttpResponse:
    search = request.GET.get("search", "").strip()
    found = service.list_boards(connection=request.connection, search=search)
    part = htmx.wants_part(request)
    template = "stages/partials/_boards.html" if part else "stages/boards.html"
    return render(request, template, {"boards": found, "search": search, "section": "boards"})


@require_safe
def board(request: PortalRequest, ref: BoardRef) -> HttpResponse:
    as_admin = request.GET.get("as_admin") == "1"
    details = service.fetch(connection=request.connection, ref=ref, as_admin=as_admin)
    section = "boards" if ref.entity_id else "my-planner"
    context = {"ref": ref, "details": details, "section": section}
    return render(request, "stages/board.html", context)
