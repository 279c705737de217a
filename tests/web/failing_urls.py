"""An address whose view has a mistake in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path


def mistaken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a mistake of ours")


urlpatterns = [path("", mistaken)]
