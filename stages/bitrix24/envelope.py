"""From an HTTP answer to a reply or a typed error, whatever shape it has."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from stages.bitrix24 import auth, error_codes, errors
from stages.bitrix24.command import JSONValue, Reply

_DIGITS = re.compile(r"[0-9]{1,15}")
_NO_NUMBER = 10**15  # larger ones count nothing that exists


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it came; `headers` are looked up in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def read(answer: Answer, *, now: float) -> Reply:
    """Return the reply, or raise what the portal reports; `now` is Unix time."""
    body = document(answer, now=now)
    if "result" not in body:
        raise errors.UnexpectedAnswer(status=answer.status, description="neither result nor error")
    return Reply(body["result"], total=number(body.get("total")), next=number(body.get("next")))


def document(answer: Answer, *, now: float) -> Mapping[str, JSONValue]:
    """Return what was answered, an object without an error in it, or raise the error.

    The `error` code decides and the HTTP status counts only where the body is not JSON: the portal
    sends errors with 200, and its documentation and its code disagree about the other statuses.
    """
    if 300 <= answer.status < 400:
        raise _moved(answer)
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, Mapping):
        raise _by_status(answer)
    if "error" in body:
        raise refusal(body, status=answer.status, now=now, retry_after=_retry_after(answer))
    return body


def refusal(
    body: Mapping[str, JSONValue],
    *,
    status: int | None = None,
    now: float = 0.0,
    retry_after: float | None = None,
) -> errors.Bitrix24Error:
    """Return the error for `{"error": …, "error_description": …}`, whether of a call or a command.

    The code may be empty or "0", and newer methods put an object in its place.
    """
    inner = body.get("error")
    if isinstance(inner, Mapping):
        code, description = inner.get("code"), inner.get("message")
    else:
        code, description = inner, body.get("error_description")
    code = "" if code is None else str(code)
    error = error_codes.of_code(code, status)(
        code, "" if description is None else str(description), status, retry_after=retry_after
    )
    if isinstance(error, errors.OperationTimeLimit):
        _note_reset(error, body, now)
    return error


def _note_reset(
    error: errors.OperationTimeLimit, body: Mapping[str, JSONValue], now: float
) -> None:
    time = body.get("time")
    reset_at = time.get("operating_reset_at") if isinstance(time, Mapping) else None
    if isinstance(reset_at, int | float) and 0 <= reset_at < _NO_NUMBER:
        error.reset_at = float(reset_at)
        error.retry_after = max(0.0, reset_at - now) if now else None


def _by_status(answer: Answer) -> errors.Bitrix24Error:
    kind = error_codes.of_status(answer.status)
    return kind(
        "",
        answer.body[:200].decode("utf-8", "replace"),
        answer.status,
        retry_after=_retry_after(answer),
    )


def _moved(answer: Answer) -> errors.PortalMoved:
    error = errors.PortalMoved(status=answer.status)
    try:
        parts = urlsplit(answer.headers.get("Location", ""))
        error.host = parts.hostname or ""
        error.base_url = auth.portal_address(f"{parts.scheme}://{parts.netloc}")
    except ValueError:
        pass  # no address of a portal
    return error


def _retry_after(answer: Answer) -> float | None:
    return number(answer.headers.get("Retry-After", ""))


def number(value: JSONValue) -> int | None:
    """Return a count, an offset or seconds, which may come as text; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 <= value < _NO_NUMBER else None
    return int(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else None
