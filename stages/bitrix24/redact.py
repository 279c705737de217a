"""Keeps secrets out of anything logged: webhook codes in paths, tokens in any notation."""

from __future__ import annotations

import logging
import re
import traceback

MASK = "***"

# PHP escapes slashes in JSON, and URLs inside URLs have theirs encoded.
_SLASH = r"(?:\\?/|%2F)"
_WEBHOOK = re.compile(
    rf"({_SLASH}rest{_SLASH}(?:api{_SLASH})?[^\s/\\%\"'?&]+{_SLASH})[^\s/\\%\"'?&#<>]+",
    re.IGNORECASE,
)

_NAMES = (
    "auth|auth_id|access_token|refresh_token|refresh_id|client_secret|application_token"
    "|code|ap|sessid|password|token"
)
# name=value, name[sub]=value, "name": "value", 'name': 'value', \"name\":\"value\"
_FORM = re.compile(rf"((?<![\w.-])(?:{_NAMES}|auth(?:\[|%5B)\w+(?:\]|%5D))=)[^\s&\"'<>]+", re.I)
_JSON = re.compile(rf"""(\\?["'](?:{_NAMES})\\?["']\s*:\s*\\?(["']))(?:(?!\\?\2).)+""", re.I)
_HEADER = re.compile(r"(\bBearer\s+)[^\s\"',]+", re.I)


def redact(text: str) -> str:
    """Return the text with every webhook code and token masked."""
    for pattern in (_WEBHOOK, _FORM, _JSON, _HEADER):
        text = pattern.sub(rf"\g<1>{MASK}", text)
    return text


class RedactingFilter(logging.Filter):
    """Masks the secrets in a record's message and traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (masked := redact(message)) != message:
            record.msg, record.args = masked, None
        if record.exc_info:
            trace = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            if (masked := redact(trace)) != trace:
                # A formatter that finds the text made up does not look at the exception.
                record.exc_text, record.exc_info = masked, None
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True
