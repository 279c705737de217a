"""Every error of the API in one shape: {code, detail, fields?}."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response

from stages.services import database_refusals, refusals, shapes, token_refusals
from stages.services.refusals import Refusal

logger = logging.getLogger(__name__)

_WHOLE = "non_field_errors"  # what Django REST framework calls the body as such


def handle(error: Exception, context: Mapping[str, Any]) -> Response:
    """Answer what was raised in a view; installed as EXCEPTION_HANDLER."""
    request = context["request"]
    refusal = error if isinstance(error, Refusal) else _refusal(error, request.method)
    if refusal.status >= 500:
        logger.warning("%s: %s (%r)", request.path, refusal, error.__cause__ or error)
    response = Response(shapes.refusal_as_json(refusal), status=refusal.status)
    if refusal.wait is not None:
        response["Retry-After"] = str(refusal.wait)
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def not_found() -> Refusal:
    return Refusal("NOT_FOUND", 404, "There is no such address.", "All addresses end with a slash.")


def no_such_board() -> Refusal:
    hint = "A board is my-planner, or group- with the number of its group."
    return Refusal("NOT_FOUND", 404, "There is no such board.", hint)


def no_such_page(last: int) -> Refusal:
    return Refusal("NOT_FOUND", 404, "There is no such page.", f"The last one is {last}.")


def _refusal(error: Exception, method: str) -> Refusal:
    match error:
        case exceptions.ValidationError():
            return _invalid(error.detail)
        case exceptions.ParseError():
            return refusals.invalid(str(error.detail))
        case exceptions.NotAuthenticated():
            return token_refusals.missing()
        case exceptions.MethodNotAllowed():
            return Refusal("METHOD_NOT_ALLOWED", 405, "This address does not take that method.")
        case exceptions.UnsupportedMediaType():
            return Refusal(
                "UNSUPPORTED_MEDIA_TYPE",
                415,
                "The body has to be JSON.",
                "Send the header Content-Type: application/json.",
            )
        case Http404() | exceptions.NotFound():
            return not_found()
        case PermissionDenied() | exceptions.PermissionDenied():
            return Refusal("ACCESS_DENIED", 403, "That is not allowed.")
    logger.error("a request failed", exc_info=error)
    if database_refusals.is_failure(error):
        return database_refusals.failed(may_have_run=method not in SAFE_METHODS)
    return Refusal("FAILED", 500, "Something went wrong here.", "It is noted in the log.")


def _invalid(detail: Any) -> Refusal:
    found = dict(detail) if isinstance(detail, Mapping) else {_WHOLE: detail}
    whole = list(_messages(found.pop(_WHOLE, [])))
    refusal = refusals.invalid(" ".join(whole) or "Some of what was given is not valid.")
    refusal.fields = {name: list(_messages(what)) for name, what in found.items()}
    return refusal


def _messages(detail: Any, where: str = "") -> Iterable[str]:
    """Yield the messages in errors of any depth, each after the place of what is wrong."""
    if isinstance(detail, Mapping):
        for key, one in detail.items():
            yield from _messages(one, f"{where}{key}: ")
    elif isinstance(detail, list):
        for one in detail:
            yield from _messages(one, where)
    else:
        yield f"{where}{detail}"
