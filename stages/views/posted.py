"""Addresses that are only posted to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from stages.http import PortalRequest

View = Callable[..., HttpResponse]


def posted_from(page: str) -> Callable[[View], View]:
    """Let a view take POST alone, and send who opens its address to the page of its form.

    After a refused form that address is in the bar: a reload or a bookmark has to lead somewhere.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def posted(request: PortalRequest, **address: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, **address)
            if request.method in ("GET", "HEAD"):
                return redirect(reverse(page, kwargs=address))
            return HttpResponseNotAllowed(["POST"])

        return posted

    return decorate
