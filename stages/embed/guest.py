"""A portal's request before anything of it is proved."""

from __future__ import annotations

import re

from django.http import HttpRequest

from stages.services import frame_refusals, frames
from stages.services.frames import Frame

_LARGEST = 64 * 1024  # bytes; the form that a portal posts has about one thousand
_ORIGIN = re.compile(r"https?://[a-z0-9.-]{1,253}(?::[0-9]{1,5})?")


def frame(request: HttpRequest) -> Frame | None:
    """Return the frame in which a refusal can be read, with nobody in it.

    The browser says whose page posted the form, or the form says it is a portal that we know. The
    refusal has nothing in it that could be stolen or clicked, so whoever gets it may show it.
    """
    origin = request.headers.get("Origin", "")
    if _ORIGIN.fullmatch(origin):
        return Frame(origin)
    return frames.at(host=request.GET.get("DOMAIN", ""))


def check_size(request: HttpRequest) -> None:
    """Refuse a form larger than any portal's."""
    if int(request.headers.get("Content-Length") or 0) > _LARGEST:
        raise frame_refusals.opening_refused()
