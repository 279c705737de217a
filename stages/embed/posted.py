"""Fields of a form that comes from outside."""

from __future__ import annotations

from django.http import QueryDict

from stages.services import frame_refusals

_LONGEST = 1000  # characters; a portal's tokens have about seventy
_LIFETIME = 3600  # seconds, what a portal's access tokens have


def text(fields: QueryDict, name: str) -> str:
    """Return a short text, empty where it is missing; no portal posts a long one, or a NUL."""
    value = fields.get(name, "")
    if not is_sound(value):
        raise frame_refusals.opening_refused()
    return value


def is_sound(value: str) -> bool:
    """Tell whether a text may be looked for in the database, some of which take no NUL."""
    return len(value) <= _LONGEST and "\0" not in value


def seconds(fields: QueryDict, name: str) -> int:
    """Return for how many seconds a token goes on, as far as that can be believed."""
    value = text(fields, name)
    return min(int(value), _LIFETIME) if value.isascii() and value.isdecimal() else _LIFETIME
