"""Doing things at the same time, each in a thread with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def together(calls: Sequence[Callable[[], T]], *, at_once: int | None = None) -> list[T]:
    """Run the calls, so many at once, and return their results in order; raise the first error."""

    def run(call: Callable[[], T]) -> T:
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(at_once or len(calls)) as pool:
        return list(pool.map(run, calls))
