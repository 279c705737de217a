"""Deleting a stage, and bringing its tasks back: portion by portion, with or without a script.

A script posts by itself what `continue` in the answer's header holds; a person presses a button.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stages import edit_header, htmx, refusal_page
from stages.domain.board import BoardRef
from stages.domain.details import BoardDetails
from stages.domain.task_moves import Removal, Return
from stages.forms import MannerForm
from stages.http import PortalRequest, as_admin
from stages.services import removal_question, stage_removal, task_returns
from stages.services.changes.undoing import Undone
from stages.services.removal_words import Stopped
from stages.services.stage_deletion import Removed
from stages.services.task_moves import Progress
from stages.services.task_returns import Returned
from stages.views import runs
from stages.views.posted import posted_from

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    if request.method == "POST":
        return _remove(request, ref, stage_id)
    question = removal_question.ask(
        connection=request.connection,
        ref=ref,
        stage_id=stage_id,
        as_admin=as_admin(request),
    )
    part = htmx.wants_part(request)
    context = {"ref": ref, "question": question, "details": question.details, "dialog": part}
    return _page(request, "stages/partials/_delete.html", context, alone=part)


@posted_from("stage")
def return_tasks(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    return _bring_back(request, ref, runs.return_of_tasks(stage_id, request.POST))


def _bring_back(request: PortalRequest, ref: BoardRef, run: Return) -> HttpResponse:
    manner = MannerForm(request.POST).manner(ref)
    return answer(
        request,
        ref,
        lambda: task_returns.bring_back(connection=request.connection, ref=ref, run=run, **manner),
    )


def _remove(request: PortalRequest, ref: BoardRef, stage_id: int) -> HttpResponse:
    run = runs.removal(stage_id, request.POST)
    manner = MannerForm(request.POST).manner(ref)
    return answer(
        request,
        ref,
        lambda: stage_removal.remove(connection=request.connection, ref=ref, run=run, **manner),
    )


def answer(
    request: PortalRequest,
    ref: BoardRef,
    act: Callable[[], Removed | Returned | Undone | Progress],
    change_id: int | None = None,
) -> HttpResponse:
    """Do a portion and tell how it went; `change_id` is the change that it undoes, if it does."""
    try:
        done = act()
    except Stopped as stopped:
        return _stopped(request, ref, stopped, change_id)
    match done:
        case Progress(run):
            return _progress(request, ref, done, run, change_id)
        case Removed(outcome):
            header = edit_header.fields(outcome)
            return _edited(request, ref, outcome.details, done.sentence, header)
        case Undone():
            return _undone(request, ref, done, change_id)
        case Returned(details):
            return _edited(request, ref, details, done.sentence, {"undo": None})


def _undone(
    request: PortalRequest, ref: BoardRef, done: Undone, change_id: int | None
) -> HttpResponse:
    outcome = done.outcome
    header = edit_header.fields(outcome, done.name)
    if done.run:
        if not htmx.wants_part(request):
            messages.success(request, done.sentence)
            return _bring_back(request, ref, done.run)
        header |= runs.to_continue(done.run, change_id)
    return _edited(request, ref, outcome.details, done.sentence, header)


def _edited(
    request: PortalRequest,
    ref: BoardRef,
    details: BoardDetails,
    news: str,
    header: dict[str, Any],
) -> HttpResponse:
    if htmx.wants_part(request):
        context = {"ref": ref, "details": details, "news": news}
        response = render(request, "stages/partials/_edited.html", context)
        response[edit_header.NAME] = json.dumps(header)
        return response
    messages.success(request, news)
    if "history" in request.POST:
        return redirect(f"{reverse('history')}?{request.POST['history']}")
    return redirect(reverse("board", args=[ref]) + ("?as_admin=1" if details.as_admin else ""))


def _progress(
    request: PortalRequest,
    ref: BoardRef,
    done: Progress,
    run: Removal | Return,
    change_id: int | None = None,
) -> HttpResponse:
    target = run.target_id if isinstance(run, Removal) else run.stage_id
    context = {
        "ref": ref,
        "name": done.board[run.stage_id].name,
        "target": done.board[target].name if target else "",
        "moved": runs.done(run),
        "total": run.total,
        "going": isinstance(run, Removal),
        "on": _form(request, ref, run, change_id),
    }
    part = htmx.wants_part(request)
    response = _page(request, "stages/partials/_delete_progress.html", context, alone=part)
    response[edit_header.NAME] = json.dumps(runs.to_continue(run, change_id))
    return response


def _stopped(
    request: PortalRequest, ref: BoardRef, stopped: Stopped, change_id: int | None
) -> HttpResponse:
    if htmx.wants_part(request):
        response = refusal_page.render(request, stopped)
        back = {**runs.posted(stopped.back), "name": "return of tasks"} if stopped.back else None
        on = runs.to_continue(stopped.run, change_id) if stopped.run else {}
        header = {"back": back, **on}
        response[edit_header.NAME] = json.dumps(header)
        return response
    logger.warning("%s: %s (%r)", request.path, stopped, stopped.__cause__)
    context = {
        "ref": ref,
        "refusal": stopped,
        "on": _form(request, ref, stopped.run, change_id) if stopped.run else None,
        "back": _form(request, ref, stopped.back) if stopped.back else None,
    }
    response = _page(request, "stages/partials/_delete_stopped.html", context, alone=False)
    response.status_code = stopped.status
    if stopped.retry_after is not None:
        response["Retry-After"] = str(math.ceil(stopped.retry_after))
    return response


def _page(
    request: PortalRequest, part: str, context: dict[str, Any], *, alone: bool
) -> HttpResponse:
    context["as_admin"] = as_admin(request)
    template = part if alone else "stages/delete.html"
    return render(request, template, {**context, "part": part})


def _form(
    request: PortalRequest, ref: BoardRef, run: Removal | Return, change_id: int | None = None
) -> dict[str, Any]:
    """Return a run as a form posts it, and what its button says where it takes one back."""
    fields = runs.posted(run)["fields"]
    if as_admin(request):
        fields["as_admin"] = "1"
    view = "delete" if isinstance(run, Removal) else "return_tasks"
    address = reverse(view, args=[ref, run.stage_id])
    if change_id is not None and isinstance(run, Removal):
        address = reverse("undo", args=[change_id])
    text = "Move that task back" if run.total == 1 else "Move those tasks back"
    return {"address": address, "fields": fields.items(), "text": text}
