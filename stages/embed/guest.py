"""A portal's request before anything of it is proved."""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.urls import reverse

from stages.embed import posted
from stages.services import frame_refusals, frames
from stages.services.frames import Frame

_LARGEST = 64 * 1024  # bytes; the form that a portal posts has about one thousand
_SIZE = re.compile(r"[0-9]{1,9}")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]{1,253}(?::[0-9]{1,5})?")


def opens(request: HttpRequest) -> bool:
    """Tell whether a request is the form of a portal that opens the app."""
    return request.method == "POST" and request.path in (reverse("embed"), reverse("install"))


def frame(request: HttpRequest) -> Frame | None:
    """Return the frame in which a refusal can be read, with nobody in it.

    The browser says whose page posted the form, or the form says it is a portal that we know. The
    refusal has nothing in it that could be stolen or clicked, so whoever gets it may show it.
    """
    origin = request.headers.get("Origin", "")
    if _ORIGIN.fullmatch(origin):
        return Frame(origin)
    host = request.GET.get("DOMAIN", "")
    return frames.at(host=host) if posted.is_sound(host) else None


def check_size(request: HttpRequest) -> None:
    """Refuse a form larger than any portal's."""
    told = request.headers.get("Content-Length") or "0"
    if not _SIZE.fullmatch(told) or int(told) > _LARGEST:
        raise frame_refusals.opening_refused()
