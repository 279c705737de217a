"""Cookies that a browser keeps for one frame: those of our site below one other site.

https://developer.mozilla.org/en-US/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies
"""

from __future__ import annotations

from collections.abc import Container
from http.cookies import Morsel

from django.http import HttpResponseBase


class _Partitioned(Morsel[str]):
    """Before Python 3.14 cookies do not know the attribute."""

    def OutputString(self, attrs: Container[str] | None = None) -> str:  # noqa: N802 -- the base class
        return f"{super().OutputString(attrs)}; Partitioned"


def confine(response: HttpResponseBase, path: str) -> None:
    """Keep every cookie of an answer for the addresses below a path.

    To browsers all portals of one cloud zone are one site, and share what is partitioned by it.
    """
    for cookie in response.cookies.values():
        cookie["path"] = path


def partition(response: HttpResponseBase) -> None:
    """Keep every cookie of an answer for the frame it is shown in."""
    for name, cookie in list(response.cookies.items()):
        kept = _Partitioned()
        kept.set(cookie.key, cookie.value, cookie.coded_value)
        kept.update(cookie)
        kept["samesite"], kept["secure"] = "None", "true"
        response.cookies[name] = kept
