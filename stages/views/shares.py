"""Sharing one's webhook: with whom, for which groups, to edit or to look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stages.http import PortalRequest
from stages.services import sharing
from stages.services.boards import ListedBoard
from stages.services.refusals import Refusal
from stages.services.sharing import Sharing
from stages.views.posted import posted_from

_LEVELS = (("look", "may look at the boards"), ("edit", "may edit the boards"))


class TermsForm(forms.Form):
    """What somebody may do, and with which groups; which there are is for the service to say."""

    level = forms.ChoiceField(label="They", choices=_LEVELS, widget=forms.RadioSelect)

    def offer(self, boards: tuple[ListedBoard, ...]) -> None:
        shared = self.initial.get("groups", ())
        first = sorted(boards, key=lambda board: board.ref.entity_id not in shared)
        self.fields["groups"] = forms.TypedMultipleChoiceField(
            label="Groups",
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            choices=[(board.ref.entity_id, _label(board)) for board in first],
        )

    def terms(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {"may_edit": found["level"] == "edit", "group_ids": found["groups"]}


class ShareForm(TermsForm):
    user_name = forms.CharField(label="User name", max_length=150)


@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: PortalRequest, slug: str) -> HttpResponse:
    found = sharing.overview(connection=request.connection)
    form = ShareForm(request.POST or None, initial={"level": "look"})
    form.offer(found.groups)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["user_name"].strip()
        try:
            sharing.share(connection=request.connection, user_name=name, **form.terms())
        except Refusal as refusal:
            form.add_error(None, f"{refusal.message} {refusal.hint}")
        else:
            messages.success(request, f"Shared with {name}.")
            return redirect("shares", slug=slug)
    return _page(request, "stages/shares.html", found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: PortalRequest, slug: str, share_id: int) -> HttpResponse:
    found = sharing.overview(connection=request.connection)
    one = found.share(share_id)
    now = {"level": "edit" if one.may_edit else "look", "groups": sorted(one.group_ids)}
    form = TermsForm(request.POST or None, initial=now)
    form.offer(found.groups)
    if request.method == "POST" and form.is_valid():
        sharing.change(connection=request.connection, share_id=share_id, **form.terms())
        messages.success(request, f"What {one.user_name} may do is changed.")
        return redirect("shares", slug=slug)
    return _page(request, "stages/share.html", found, form, one=one)


@posted_from("share")
def end(request: PortalRequest, slug: str, share_id: int) -> HttpResponse:
    name = sharing.end(connection=request.connection, share_id=share_id)
    messages.success(request, f"Nothing is shared with {name} any more.")
    return redirect("shares", slug=slug)


def _page(
    request: PortalRequest, template: str, found: Sharing, form: TermsForm, **more: Any
) -> HttpResponse:
    context = {
        "sharing": found,
        "form": form,
        "portal": request.connection.portal,
        "section": "portals",
        **more,
    }
    return render(request, template, context, status=400 if form.errors else 200)


def _label(board: ListedBoard) -> str:
    closed = " (closed)" if board.closed else ""
    return f"{board.title}{closed}" if board.can_edit else f"{board.title}{closed}, to look at only"
