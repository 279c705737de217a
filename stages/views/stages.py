"""One stage: its page with plain forms, and the edits those forms and the board's scripts post."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stages import forms
from stages.domain import color
from stages.domain.board import BoardRef
from stages.http import PortalRequest
from stages.services import boards, refusals, stage_edits
from stages.services.writing import Outcome


@require_GET
def stage(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    return _stage_page(request, ref, stage_id)


@require_POST
def rename(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    form = forms.RenameForm(request.POST)
    if not form.is_valid():
        return _stage_page(request, ref, stage_id, rename=form)
    title = form.cleaned_data["title"]
    return _done(
        request,
        stage_edits.rename(connection=request.connection, ref=ref, stage_id=stage_id, title=title),
    )


@require_POST
def recolor(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    form = forms.RecolorForm(request.POST)
    if not form.is_valid():
        return _stage_page(request, ref, stage_id, recolor=form)
    digits = form.cleaned_data["color"]
    return _done(
        request,
        stage_edits.recolor(
            connection=request.connection, ref=ref, stage_id=stage_id, color=digits
        ),
    )


@require_POST
def move(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    form = forms.MoveForm(request.POST)
    if not form.is_valid():
        raise refusals.invalid("That is no place on this board.")
    after_id = form.cleaned_data["after_id"]
    return _done(
        request,
        stage_edits.move(
            connection=request.connection, ref=ref, stage_id=stage_id, after_id=after_id
        ),
    )


@require_http_methods(["GET", "POST"])
def add_stage(request: PortalRequest, ref: BoardRef) -> HttpResponse:
    form = forms.AddForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        return _done(
            request, stage_edits.add(connection=request.connection, ref=ref, **form.cleaned_data)
        )
    details = boards.fetch(connection=request.connection, ref=ref)
    used = tuple(stage.color for stage in details.board.stages)
    if form is None:
        last = details.board.order[-1] if details.board.order else 0
        form = forms.AddForm(initial={"color": color.next_default(used).css, "after_id": last})
    form.offer_places(details.board)
    context = {"ref": ref, "details": details, "form": form, "defaults": color.DEFAULTS}
    return render(request, "stages/add_stage.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def delete(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    if request.method == "POST":
        return _done(
            request,
            stage_edits.delete(connection=request.connection, ref=ref, stage_id=stage_id),
        )
    details = boards.fetch(connection=request.connection, ref=ref)
    context = {
        "ref": ref,
        "details": details,
        "row": boards.find_stage(details=details, stage_id=stage_id),
    }
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
    details = boards.fetch(connection=request.connection, ref=ref)
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


def _done(request: PortalRequest, outcome: Outcome) -> HttpResponse:
    """Show the board as it was read back: as a part for htmx, else after a redirect."""
    ref = outcome.before.ref
    if request.htmx:
        context = {"ref": ref, "details": outcome.details, "news": outcome.sentence}
        return render(request, "stages/partials/_edited.html", context)
    messages.success(request, outcome.sentence)
    return redirect("board", ref)
