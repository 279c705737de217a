"""Signing in with Bitrix24 outside a portal's frame: to the portal, and back with a code."""

from __future__ import annotations

import secrets
import time
from typing import cast

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from stages import forms
from stages.http import PortalRequest, portal_not_required
from stages.services import connection_refusals
from stages.services.connecting import sign_in as service
from stages.services.refusals import Refusal
from stages.views import portals
from stages.views.posted import posted_from

_BEGUN = "sign_ins"  # in the session: state, where it was begun, and when
_AT_ONCE = 5
_GOOD_FOR = 900.0  # seconds


@portal_not_required
@posted_from("portals")
def begin_sign_in(request: PortalRequest) -> HttpResponse:
    """Lead the browser to the portal; a page in between, since no form may be sent elsewhere."""
    form = forms.PortalForm(request.POST)
    if not (form.is_valid() or service.portal_of_app()):
        return portals.page(request, portal_form=form)
    try:
        to = service.begin(
            user=cast(User, request.user), address=form.cleaned_data.get("portal", "")
        )
    except Refusal as refusal:
        return portals.page(request, refusal)
    state = secrets.token_urlsafe(32)
    begun = [*request.session.get(_BEGUN, []), (state, to.base_url, time.time())]
    request.session[_BEGUN] = begun[-_AT_ONCE:]
    context = {
        "base_url": to.base_url,
        "earlier": to.earlier,
        "address": service.question(base_url=to.base_url, state=state),
        "section": "portals",
    }
    return render(request, "stages/sign_in.html", context)


@portal_not_required
@require_GET
def finish_sign_in(request: PortalRequest) -> HttpResponse:
    """Connect whoever comes back from the portal at which this browser was sent off."""
    try:
        connected = service.finish(
            user=cast(User, request.user),
            base_url=_begun_at(request),
            code=request.GET.get("code", ""),
            server=request.GET.get("server_domain", ""),
        )
    except Refusal as refusal:
        # The code is spent, whatever happened.
        refusal.may_repeat = False
        raise
    portals.tell_connected(request, connected)
    return redirect("portals")


def _begun_at(request: PortalRequest) -> str:
    """Return the portal of a sign-in that this browser has begun, and forget it."""
    known: list[tuple[str, str, float]] = request.session.get(_BEGUN, [])
    state = request.GET.get("state", "")
    request.session[_BEGUN] = [one for one in known if one[0] != state]
    for begun, base_url, at in known:
        if secrets.compare_digest(begun.encode(), state.encode()) and time.time() < at + _GOOD_FOR:
            return base_url
    raise connection_refusals.sign_in_over()
