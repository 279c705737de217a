"""The list of boards, and a board."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stages import htmx
from stages.domain.board import BoardRef
from stages.http import PortalRequest, as_admin
from stages.services import boards as service
from stages.services.changes import admin_switch, stacks


@require_safe
def boards(request: PortalRequest) -> HttpResponse:
    search = request.GET.get("search", "").strip()
    found = service.list_boards(connection=request.connection, search=search)
    part = htmx.wants_part(request)
    template = "stages/partials/_boards.html" if part else "stages/boards.html"
    return render(request, template, {"boards": found, "search": search, "section": "boards"})


@require_safe
def board(request: PortalRequest, ref: BoardRef) -> HttpResponse:
    switched_on = as_admin(request)
    if not switched_on:
        _note_switch(request, ref, on=False)
    details = service.fetch(connection=request.connection, ref=ref, as_admin=switched_on)
    if details.as_admin:
        _note_switch(request, ref, on=True)
    section = "boards" if ref.entity_id else "my-planner"
    steps = stacks.own(connection=request.connection, details=details)
    context = {"ref": ref, "details": details, "section": section, "steps": steps}
    return render(request, "stages/board.html", context)


def _note_switch(request: PortalRequest, ref: BoardRef, *, on: bool) -> None:
    """Note down where the switch to act as administrator has been turned since the last visit."""
    boards_on: list[str] = request.session.get("as_admin", [])
    board = f"{request.connection.portal.pk}/{ref}"
    if on != (board in boards_on):
        admin_switch.note(connection=request.connection, ref=ref, on=on)
        others = [one for one in boards_on if one != board]
        request.session["as_admin"] = [*others, board] if on else others
