"""Whether a page or a part of one is wanted."""

from __future__ import annotations

from django.http import HttpRequest


def wants_part(request: HttpRequest) -> bool:
    """Tell whether htmx asked for a part; going back in history, it asks for the whole page.

    Looks at the headers itself: a request may be refused before any middleware has seen it.
    """
    headers = request.headers
    return "HX-Request" in headers and "HX-History-Restore-Request" not in headers
