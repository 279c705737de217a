"""The connections: what there is, connecting by a webhook, testing, disconnecting, the plan."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from stages import forms
from stages.http import PortalRequest, portal_not_required
from stages.services import authorization
from stages.services.connecting import own, sign_in, webhooks
from stages.services.connecting.storing import Connected
from stages.services.refusals import Refusal
from stages.views.posted import posted_from

logger = logging.getLogger(__name__)

View = Callable[[PortalRequest, int], HttpResponse]


def posted_for_own(view: View) -> View:
    """Let a view take POST alone; who opens its address is led to the page, if it is theirs."""

    @portal_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def posted(request: PortalRequest, credential_id: int) -> HttpResponse:
        if request.method == "POST":
            return view(request, credential_id)
        own.find(user=_user(request), credential_id=credential_id)
        return redirect("portals")

    return posted


@portal_not_required
@require_safe
def portals(request: PortalRequest) -> HttpResponse:
    return page(request)


@portal_not_required
@sensitive_post_parameters("webhook")
@posted_from("portals")
def connect_webhook(request: PortalRequest) -> HttpResponse:
    form = forms.WebhookForm(request.POST)
    if not form.is_valid():
        return page(request, webhook_form=form)
    try:
        connected = webhooks.connect(user=_user(request), address=form.cleaned_data["webhook"])
    except Refusal as refusal:
        return page(request, refusal)
    tell_connected(request, connected)
    return redirect("portals")


@posted_for_own
def test_connection(request: PortalRequest, credential_id: int) -> HttpResponse:
    try:
        found = own.test(user=_user(request), credential_id=credential_id)
    except Refusal as refusal:
        return page(request, refusal)
    messages.success(request, f"The connection to {found.portal} works, as {found.whose}.")
    return redirect("portals")


@portal_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def disconnect(request: PortalRequest, credential_id: int) -> HttpResponse:
    if request.method != "POST":
        found = own.find(user=_user(request), credential_id=credential_id)
        return render(request, "stages/disconnect.html", {"own": found, "section": "portals"})
    portal = own.disconnect(user=_user(request), credential_id=credential_id)
    messages.success(request, f"Disconnected from {portal}. What opened it is deleted here.")
    return redirect("portals")


@posted_for_own
def set_plan(request: PortalRequest, credential_id: int) -> HttpResponse:
    plan = request.POST.get("plan", "")
    portal = own.set_plan(user=_user(request), credential_id=credential_id, plan=plan)
    messages.success(request, f"The plan of {portal} is saved.")
    return redirect("portals")


def page(
    request: PortalRequest,
    refusal: Refusal | None = None,
    *,
    webhook_form: forms.WebhookForm | None = None,
    portal_form: forms.PortalForm | None = None,
) -> HttpResponse:
    """Render the page of the connections, beside what was refused or cannot be understood.

    The address of a webhook is a password: it is not put into the page again.
    """
    if refusal:
        # As on the pages of refusals: the reason has the portal's own code in it.
        logger.warning("%s %s: %s (%r)", request.method, request.path, refusal, refusal.__cause__)
    wrong = any(form is not None for form in (webhook_form, portal_form))
    context = {
        "connections": own.listed(user=_user(request)),
        "lent": own.lent(user=_user(request)),
        "plans": own.PLANS,
        "app_is_offered": authorization.is_offered(),
        "app_portal": sign_in.portal_of_app(),
        "webhook_form": webhook_form or forms.WebhookForm(),
        "portal_form": portal_form or forms.PortalForm(),
        "refusal": refusal,
        "section": "portals",
    }
    status = refusal.status if refusal else 400 if wrong else 200
    return render(request, "stages/portals.html", context, status=status)


def tell_connected(request: PortalRequest, connected: Connected) -> None:
    """Say what is connected now, and what has ended with the connection before."""
    credential, ended = connected.credential, connected.ended
    text = f"Connected to {credential.portal}, as {credential.person_name}."
    if ended.shared_with:
        text += f" What you shared with {', '.join(ended.shared_with)} has ended."
    if ended.tokens:
        text += f" Revoked API tokens: {', '.join(ended.tokens)}."
    messages.success(request, text)


def _user(request: PortalRequest) -> User:
    return cast(User, request.user)
