"""One stage: its page with plain forms, and the edits those forms and the board's scripts post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stages import edit_header, forms, htmx
from stages.domain import color
from stages.domain.board import BoardRef
from stages.http import PortalRequest, as_admin
from stages.services import boards, once, refusals, stage_edits
from stages.services.outcome import Outcome
from stages.services.refusals import Refusal
from stages.views.posted import posted_from


@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    form = forms.StageForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        return _edit(request, ref, stage_edits.change, stage_id=stage_id, **form.cleaned_data)
    return _stage_page(request, ref, stage_id, form)


@posted_from("stage")
def rename(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    form = forms.RenameForm(request.POST)
    if not form.is_valid():
        raise _refusal(form)
    return _edit(request, ref, stage_edits.rename, stage_id=stage_id, **form.cleaned_data)


@posted_from("stage")
def recolor(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    form = forms.RecolorForm(request.POST)
    if not form.is_valid():
        raise _refusal(form)
    return _edit(request, ref, stage_edits.recolor, stage_id=stage_id, **form.cleaned_data)


@posted_from("stage")
def move(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    form = forms.MoveForm(request.POST)
    if not form.is_valid():
        raise _refusal(form)
    return _edit(request, ref, stage_edits.move, stage_id=stage_id, **form.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
def add_stage(request: PortalRequest, ref: BoardRef) -> HttpResponse:
    form = forms.AddForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        what = form.cleaned_data
        with once.only(what.pop("once")):
            return _edit(request, ref, stage_edits.add, **what)
    if form is not None and htmx.wants_part(request):
        raise _refusal(form)
    details = boards.fetch(connection=request.connection, ref=ref, as_admin=as_admin(request))
    if form is None:
        used = tuple(stage.color for stage in details.board.stages)
        last = details.board.order[-1] if details.board.order else 0
        after = request.GET.get("after", last)
        proposed = {"color": color.next_default(used).css, "after_id": after, "once": uuid4()}
        form = forms.AddForm(initial=proposed)
    form.offer_places(details.board)
    context = {"ref": ref, "details": details, "form": form, "defaults": color.DEFAULTS}
    return render(request, "stages/add_stage.html", context, status=400 if form.errors else 200)


def _stage_page(
    request: PortalRequest, ref: BoardRef, stage_id: int, form: forms.StageForm | None
) -> HttpResponse:
    """Render the page of a stage; a form that is passed in was refused and says why."""
    details = boards.fetch(connection=request.connection, ref=ref, as_admin=as_admin(request))
    row = boards.find_stage(details=details, stage_id=stage_id)
    status = 400 if form else 200
    if form is None:
        anchor = details.board.anchor_of(stage_id)
        now = {"title": row.stage.name, "color": row.stage.color.css, "after_id": anchor}
        form = forms.StageForm(initial=now)
    form.offer_places(details.board, without=stage_id)
    context = {"ref": ref, "details": details, "row": row, "form": form, "defaults": color.DEFAULTS}
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


def _refusal(form: django_forms.Form) -> Refusal:
    """Return what is wrong with a form that a script has sent: there is no field to say it at."""
    return refusals.invalid(" ".join(str(one) for errors in form.errors.values() for one in errors))
