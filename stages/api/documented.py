"""What the OpenAPI document says of a view: what it takes, every answer and error of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
)

from stages.api import examples
from stages.api.answers import Error, Going
from stages.api.fields import REF_SCHEMA
from stages.domain.board import LARGEST_ID

_ALWAYS = (400, 401, 403, 404, 405, 429, 502, 503, 504)
_OF_EDITS = (409, 412)
_OF_BODIES = (415,)
_WAITS = (429, 503)

_SAYS = {
    200: "As it is now.",
    201: "Made; the new stage.",
    202: "It takes long and goes on; the change says how far it is.",
    204: "Done.",
    400: "The input is not valid; nothing was sent to the portal.",
    401: "No token, or one that is not valid.",
    403: "Not allowed.",
    404: "There is no such thing, or it cannot be seen.",
    405: "Another method is meant.",
    409: "The portal's rules, or what others did, stand in the way.",
    412: "The board is not the one that If-Match names; nothing was changed.",
    415: "The body is not JSON.",
    429: "The token was used too often.",
    502: "The portal cannot be reached, fails, or does not accept our credentials; or nobody knows "
    "what became of an edit.",
    503: "The portal asks for a pause, the board is busy, or the database here failed.",
    504: "The portal did not answer in time.",
}
_ID: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
_IN_PATH = {
    "ref": (REF_SCHEMA, "my-planner, or group- with the number of its group."),
    "stage_id": (_ID, "The stage's number."),
    "type_id": (_ID, "The process's number, from the list of them."),
    "change_id": (_ID, "The change's number, from the history."),
}

View = Callable[..., Any]


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "stages.api.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "From `manage.py create_token`."}


def call(
    operation: str,
    summary: str,
    *,
    query: type[Any],
    answers: dict[int, tuple[Any, Any]],
    path: tuple[str, ...] = (),
    body: type[Any] | None = None,
    body_example: Any = None,
    edits: bool = False,
    tagged: bool = False,
) -> Callable[[View], View]:
    """Describe a call; `answers` are serializers with an example by status, None for no body.

    `edits` it may do with If-Match; `tagged` answers have an ETag.
    """
    codes = [*_ALWAYS, *(_OF_EDITS if edits else ()), *(_OF_BODIES if body else ())]
    taken: list[Any] = [
        query,
        *map(_in_path, path),
    ]
    if edits:
        said = "The ETag of the board as it was read: on any other, nothing is changed."
        taken.append(OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description=said))
    if tagged:
        with_tag = [code for code in answers if code != 202]
        taken.append(_header("ETag", "The version of the board's stages.", with_tag))
    if 202 in answers:
        taken.append(_header("Location", "The address of the change.", [202]))
    taken.append(_header("Retry-After", "Seconds to wait.", list(_WAITS)))
    return extend_schema(
        operation_id=operation,
        summary=summary,
        parameters=taken,
        request=body,
        examples=[OpenApiExample("Body", body_example, request_only=True)] if body else None,
        responses={
            **{status: _answer(status, *answer) for status, answer in answers.items()},
            **{status: _error(status, edits=edits) for status in sorted(codes)},
        },
    )


GOES_ON = {202: (Going, examples.GOING)}


def _header(name: str, says: str, statuses: list[int]) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=says, response=statuses)


def _in_path(name: str) -> OpenApiParameter:
    kind, says = _IN_PATH[name]
    return OpenApiParameter(name, kind, OpenApiParameter.PATH, description=says)


def _answer(status: int, serializer: Any, example: Any) -> OpenApiResponse:
    if serializer is None:
        return OpenApiResponse(description=_SAYS[status])
    shown = [OpenApiExample("Answer", example, response_only=True)]
    return OpenApiResponse(serializer, description=_SAYS[status], examples=shown)


def _error(status: int, *, edits: bool) -> OpenApiResponse:
    shown = [
        OpenApiExample(f"{error['code']} {number}", error, response_only=True)
        for number, error in enumerate(examples.ERRORS[status], 1)
        if edits or error["code"] != "UNCONFIRMED"
    ]
    return OpenApiResponse(Error, description=_SAYS[status], examples=shown)
