"""The list of boards, and a board."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from stages.domain.board import BoardRef
from stages.http import PortalRequest
from stages.services import boards as service


@require_GET
def boards(request: PortalRequest) -> HttpResponse:
    search = request.GET.get("search", "").strip()
    found = service.list_boards(connection=request.connection, search=search)
    template = "stages/partials/_boards.html" if request.htmx else "stages/boards.html"
    return render(request, template, {"boards": found, "search": search, "section": "boards"})


@require_GET
def board(request: PortalRequest, ref: BoardRef) -> HttpResponse:
    as_admin = request.GET.get("as_admin") == "1"
    details = service.fetch(connection=request.connection, ref=ref, as_admin=as_admin)
    return render(request, "stages/board.html", {"ref": ref, "details": details})
