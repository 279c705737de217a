"""One stage: its page with plain forms, and the edits those forms and the board's scripts post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stages import edit_header, forms, htmx
from stages.domain import color
from stages.domain.board import BoardRef
from stages.http import PortalRequest
from stages.services import boards, refusals, stage_edits
from stages.services.outcome import Outcome
from stages.views.posted import posted_from


@require_safe
def stage(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    return _stage_page(request, ref, stage_id)


@posted_from("stage")
def rename(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    form = forms.RenameForm(request.POST)
    if not form.is_valid():
        _refuse_in_part(request, form)
        return _stage_page(request, ref, stage_id, rename=form)
    return _edit(request, ref, stage_edits.rename, stage_id=stage_id, **form.cleaned_data)


@posted_from("stage")
def recolor(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    form = forms.RecolorForm(request.POST)
    if not form.is_valid():
        _refuse_in_part(request, form)
        return _stage_page(request, ref, stage_id, recolor=form)
    return _edit(request, ref, stage_edits.recolor, stage_id=stage_id, **form.cleaned_data)


@posted_from("stage")
def move(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    form = forms.MoveForm(request.POST)
    if not form.is_valid():
        raise refusals.invalid("That is no place on this board.")
    return _edit(request, ref, stage_edits.move, stage_id=stage_id, **form.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
def add_stage(request: PortalRequest, ref: BoardRef) -> HttpResponse:
    form = forms.AddForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        return _edit(request, ref, stage_edits.add, **form.cleaned_data)
    if form is not None:
        _refuse_in_part(request, form)
    details = boards.fetch(connection=request.connection, ref=ref, as_admin=_as_admin(request))
    if form is None:
        used = tuple(stage.color for stage in details.board.stages)
        last = details.board.order[-1] if details.board.order else 0
        form = forms.AddForm(initial={"color": color.next_default(used).css, "after_id": last})
    form.offer_places(details.board)
    context = {"ref": ref, "details": details, "form": form, "defaults": color.DEFAULTS}
    return render(request, "stages/add_stage.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    if request.method == "POST":
        return _edit(request, ref, stage_edits.delete, stage_id=stage_id)
    details = boards.fetch(connection=request.connection, ref=ref, as_admin=_as_admin(request))
    row = boards.find_stage(details=details, stage_id=stage_id)
    context = {"ref": ref, "details": details, "row": row}
    return render(request, "stages/delete.html", context)


def _stage_page(
    request: PortalRequest,
    ref: BoardRef,
    stage_id: int,
    *,
    rename: forms.RenameForm | None = None,
    recolor: forms.RecolorForm | None = None,
) -> HttpResponse:
    """Render the page of a stage; a form that is passed in was refused and says why."""
    details = boards.fetch(connection=request.connection, ref=ref, as_admin=_as_admin(request))
    row = boards.find_stage(details=details, stage_id=stage_id)
    move = forms.MoveForm(initial={"after_id": details.board.anchor_of(stage_id)})
    move.offer_places(details.board, without=stage_id)
    context = {
        "ref": ref,
        "details": details,
        "row": row,
        "rename": rename or forms.RenameForm(initial={"title": row.stage.name}),
        "recolor": recolor or forms.RecolorForm(initial={"color": row.stage.color.css}),
        "move": move,
        "defaults": color.DEFAULTS,
    }
    status = 400 if rename or recolor else 200
    return render(request, "stages/stage.html", context, status=status)


def _edit(
    request: PortalRequest, ref: BoardRef, edit: Callable[..., Outcome], **what: Any
) -> HttpResponse:
    """Make an edit and show the board as it was read back: a part for htmx, else a redirect."""
    manner = forms.MannerForm(request.POST).manner(ref)
    outcome = edit(connection=request.connection, ref=ref, **what, **manner)
    if htmx.wants_part(request):
        context = {"ref": ref, "details": outcome.details, "news": outcome.sentence}
        response = render(request, "stages/partials/_edited.html", context)
        response[edit_header.NAME] = edit_header.value(outcome)
        return response
    messages.success(request, outcome.sentence)
    query = "?as_admin=1" if outcome.details.as_admin else ""
    return redirect(reverse("board", args=[ref]) + query)


def _as_admin(request: PortalRequest) -> bool:
    """Tell whether the person has switched on acting as administrator, for this visit."""
    return "1" in (request.GET.get("as_admin"), request.POST.get("as_admin"))


def _refuse_in_part(request: PortalRequest, form: django_forms.Form) -> None:
    """Say what is wrong with a form in a message where there is no page to say it on."""
    if htmx.wants_part(request):
        raise refusals.invalid(
            " ".join(str(error) for errors in form.errors.values() for error in errors)
        )
