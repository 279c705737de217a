"""The tokens of the API: making one, which is shown once, and revoking."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stages import forms
from stages.http import PortalRequest, portal_not_required
from stages.services import api_tokens, once, visits
from stages.services.api_tokens import Created


@portal_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: PortalRequest) -> HttpResponse:
    user = cast(User, request.user)
    portals = [one.portal for one in visits.open_to(user=user)]
    posted = request.POST if request.method == "POST" else None
    form = forms.TokenForm(posted, portals=[(one.slug, one.host) for one in portals])
    created: Created | None = None
    if posted is not None and form.is_valid():
        wanted = form.cleaned_data
        with once.only(wanted.pop("once")):
            connection = visits.connect(user=user, slug=wanted.pop("portal"))
            created = api_tokens.create(connection=connection, **wanted)
    context = {
        "form": form if created is None else None,
        "created": created,
        "tokens": api_tokens.own(user=user),
        "portals": portals,
        "section": "portals",
    }
    return render(request, "stages/tokens.html", context, status=400 if form.errors else 200)


@portal_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_token(request: PortalRequest, token_id: int) -> HttpResponse:
    user = cast(User, request.user)
    if request.method != "POST":
        found = api_tokens.find(user=user, named=str(token_id))
        return render(request, "stages/revoke_token.html", {"token": found, "section": "portals"})
    token = api_tokens.revoke(user=user, named=str(token_id))
    messages.success(request, f"The token “{token.name}” is revoked.")
    return redirect("tokens")
