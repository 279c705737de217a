"""The history: what was changed, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stages import htmx
from stages.domain import version
from stages.forms import HistoryForm, MannerForm
from stages.http import PortalRequest, as_admin
from stages.services.changes import listing, repeated_undo, restoring, undoing
from stages.services.refusals import Refusal
from stages.services.task_moves import Progress
from stages.views import removal, runs

_IN_PANEL = 10


@require_safe
def history(request: PortalRequest) -> HttpResponse:
    form = HistoryForm(request.GET)
    wanted = form.wanted()
    panel = "panel" in request.GET
    found = listing.changes(
        connection=request.connection,
        **wanted,
        size=_IN_PANEL if panel else listing.PAGE,
    )
    context = {"listed": found, "wanted": wanted, "section": "history", "panel": panel}
    if htmx.wants_part(request):
        return render(request, "stages/partials/_changes.html", context)
    context["boards"] = listing.boards(
        connection=request.connection, board=wanted["board"], as_admin=wanted["as_admin"]
    )
    context["people"] = listing.people(connection=request.connection)
    return render(request, "stages/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: PortalRequest, change_id: int) -> HttpResponse:
    ref, stage_id = undoing.target(
        connection=request.connection, change_id=change_id, as_admin=as_admin(request)
    )
    if request.method != "POST":
        return redirect("history")
    run = runs.removal(stage_id or 0, request.POST) if "moved" in request.POST else None
    manner = MannerForm(request.POST).manner(ref)
    try:
        return removal.answer(
            request,
            ref,
            lambda: repeated_undo.undo(
                connection=request.connection, change_id=change_id, run=run, **manner
            ),
            change_id,
        )
    except Refusal as refusal:
        refusal.ref = ref
        raise


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: PortalRequest, change_id: int) -> HttpResponse:
    moment: restoring.Moment = "after" if request.GET.get("to") == "after" else "before"
    if request.method != "POST":
        return _preview(request, change_id, moment)
    going_on = runs.stage_id(request.POST.get("stage", ""))
    targets = _targets(request.POST)
    try:
        done = restoring.restore(
            connection=request.connection,
            change_id=change_id,
            moment=moment,
            targets=targets,
            seen=request.POST.get("version", ""),
            run=runs.removal(going_on, request.POST) if going_on else None,
            as_admin=as_admin(request),
        )
    except Refusal as refusal:
        if refusal.code not in ("BOARD_CHANGED", "INVALID"):
            raise
        return _preview(request, change_id, moment, refusal)
    if isinstance(done, Progress):
        return _progress(request, done, targets)
    messages.success(request, "The board is as it was.")
    address = reverse("board", args=[done.board.ref])
    return redirect(address + ("?as_admin=1" if done.as_admin else ""))


def _preview(
    request: PortalRequest,
    change_id: int,
    moment: restoring.Moment,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show what it takes; `refusal` is why what was shown before is not done."""
    preview = restoring.preview(
        connection=request.connection,
        change_id=change_id,
        moment=moment,
        as_admin=as_admin(request),
    )
    context = {
        "preview": preview,
        "details": preview.details,
        "ref": preview.details.board.ref,
        "refusal": refusal,
        "section": "history",
    }
    status = refusal.status if refusal else 200
    return render(request, "stages/restore.html", context, status=status)


def _progress(request: PortalRequest, done: Progress, targets: dict[int, int]) -> HttpResponse:
    """Show how far the tasks of one stage are; the form goes on with the board as it is now."""
    context = {
        "name": done.board[done.run.stage_id].name,
        "fields": [
            *((f"target-{stage}", target) for stage, target in targets.items()),
            ("stage", done.run.stage_id),
            ("version", version.of(done.board)),
            *runs.posted(done.run)["fields"].items(),
            *([("as_admin", "1")] if as_admin(request) else []),
        ],
        "moved": runs.done(done.run),
        "total": done.run.total,
        "section": "history",
    }
    return render(request, "stages/restore_progress.html", context)


def _targets(data: QueryDict) -> dict[int, int]:
    """Return where the tasks of each stage go, by `target-<stage>` fields."""
    found = {}
    for name, value in data.items():
        stage, target = runs.stage_id(name.removeprefix("target-")), runs.stage_id(str(value))
        if name.startswith("target-") and stage and target:
            found[stage] = target
    return found
