"""One write at a time per board, among the threads of this process.

Every update rewrites the whole board with what the portal read at its start, so two at the same
time can undo each other (docs/portal.md).
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from stages.services import refusals

_PATIENCE = 30.0  # seconds; who waited longer had better decide anew

_locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


@contextmanager
def held(board: str) -> Iterator[None]:
    """Hold the board of this name while the block runs; refuse where it stays busy."""
    lock = _locks[board]
    if not lock.acquire(timeout=_PATIENCE):
        raise refusals.board_busy()
    try:
        yield
    finally:
        lock.release()
