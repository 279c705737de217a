"""Pages that are not shown in a portal's frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from stages.http import PortalRequest
from stages.services import frame_refusals

View = Callable[..., HttpResponse]


def standing_alone(view: View) -> View:
    """Refuse a view inside a frame, where people have one connection, which its portal gives."""

    @wraps(view)
    def alone(request: PortalRequest, **address: Any) -> HttpResponse:
        if request.frame is not None:
            raise frame_refusals.not_in_here()
        return view(request, **address)

    return alone
