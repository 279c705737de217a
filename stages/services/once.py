"""What is sent twice and must be done once: a button pressed again before the answer came."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.cache import cache

from stages.services import refusals
from stages.services.refusals import Refusal

_REMEMBERED = 3600  # seconds


@contextmanager
def only(name: UUID | None) -> Iterator[None]:
    """Run the block unless one of that name has run or is running; None: always.

    Where the block is refused in a way that may be repeated, so may its name.
    """
    key = f"once:{name}"
    if name and not cache.add(key, True, _REMEMBERED):
        raise refusals.sent_already()
    try:
        yield
    except Refusal as refusal:
        if refusal.may_repeat or refusal.status < 500:
            cache.delete(key)
        raise
