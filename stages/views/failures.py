"""What a browser sees where no view could answer."""

from __future__ import annotations

import sys
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from stages import refusal_page
from stages.http import PortalRequest
from stages.services import database_refusals
from stages.services.refusals import Refusal


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(request, 400, "That request makes no sense here.", "Nothing was changed.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(request, 403, "That is not allowed.", "Nothing was changed.")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    refusal = Refusal(
        "ACCESS_DENIED",
        403,
        "This page was open too long, or came from another site.",
        "Nothing was changed. Open the board again and repeat the edit.",
    )
    refusal.page_over = True
    return refusal_page.render(cast(PortalRequest, request), refusal)


def locked_out(request: HttpRequest, _answer: object, _credentials: object) -> HttpResponse:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    refusal = Refusal(
        "THROTTLED",
        429,
        "Too many wrong passwords for this name.",
        f"Signing in with it is possible again in {minutes} minutes.",
        retry_after=settings.AXES_COOLOFF_TIME.total_seconds(),
    )
    return refusal_page.render(cast(PortalRequest, request), refusal)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(
        request, 404, "There is no such page.", "The address may be mistyped, or out of date."
    )


def server_error(request: HttpRequest) -> HttpResponse:
    if database_refusals.is_failure(sys.exception()):
        refusal = database_refusals.failed(may_have_run=request.method not in ("GET", "HEAD"))
        return refusal_page.render(cast(PortalRequest, request), refusal)
    return _failure(
        request,
        500,
        "Something went wrong here.",
        "It is noted in the log. What the portal has can be seen on the board.",
    )


_CODES = {400: "INVALID", 403: "ACCESS_DENIED", 404: "NOT_FOUND"}


def _failure(request: HttpRequest, status: int, message: str, hint: str) -> HttpResponse:
    refusal = Refusal(_CODES.get(status, "FAILED"), status, message, hint)
    refusal.may_repeat = False
    return refusal_page.render(cast(PortalRequest, request), refusal)
