"""Addresses below one portal's: `/p/<slug>/boards/` is `/boards/` of that portal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import get_script_prefix, set_script_prefix


def below(slug: str) -> str:
    """Return what the addresses of a portal begin with, `/p/<slug>/`."""
    return f"{get_script_prefix()}p/{slug}/"


@contextmanager
def of_portal(slug: str) -> Iterator[None]:
    """Let the addresses that are made meanwhile be of a portal."""
    prefix = get_script_prefix()
    set_script_prefix(below(slug))
    try:
        yield
    finally:
        set_script_prefix(prefix)
