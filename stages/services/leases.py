"""One write at a time per board, over all threads, processes and machines.

Every update rewrites the whole board with what the portal read at its start, so two at the same
time can undo each other (docs/portal.md). The lease is a row of the database, by whose clock it
ends; no transaction stays open while it is held.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import Error, transaction
from django.db.models import DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import Now

from stages.bitrix24.clock import SYSTEM, Deadline
from stages.domain.board import BoardRef
from stages.models import BoardLease
from stages.services import database_refusals, refusals
from stages.services.connections import Connection

logger = logging.getLogger(__name__)

# What is called under a lease is over by its deadline; this is for what follows in the database.
_GRACE = 5.0  # seconds
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.02, 0.25


@dataclass(slots=True)
class Lease:
    """A board that nobody else writes to now.

    `fence` is the number of this holder: who finds another one has lost the board. `intent` is what
    an earlier holder has sent and not seen the end of, `age` seconds before the moment `taken`.
    `moving` are tasks that a deletion has set out to move, as in BoardLease. `has_written`: this
    one has sent something, so that it cannot say any more that nothing was changed.
    """

    row_id: int
    fence: int
    intent: dict[str, Any] | None
    age: float
    taken: float
    moving: dict[str, Any] | None = None
    has_written: bool = False

    def age_at(self, moment: float) -> float:
        """Return how old the intent was, in seconds; a reading tells of its beginning at best."""
        return self.age + moment - self.taken

    def intend(self, intent: dict[str, Any]) -> None:
        """Note down what is about to be sent; refuse where the board was lost meanwhile."""
        if not self._held().update(intent=intent, sent_at=Now()):
            raise self._lost()
        self.intent = intent

    def amend(self, intent: dict[str, Any]) -> None:
        """Note down what became known of what was sent."""
        self._update(intent=intent)
        self.intent = intent

    def assure(self) -> None:
        """Refuse where the board was lost, as before each request that writes to it.

        What is intended is sent only now: it may have waited for its turn at the portal.
        """
        held = self._held()
        if not (held.exists() if self.intent is None else held.update(sent_at=Now())):
            raise self._lost()
        self.has_written = True

    def settle(self) -> None:
        """Forget the intent: what became of it is known."""
        self._update(intent=None, sent_at=None)
        self.intent = None

    def move(self, moving: dict[str, Any] | None) -> None:
        """Note down which tasks are about to be moved; None once their stage is gone."""
        if not self._held().update(moving=moving):
            raise self._lost()
        self.moving = moving

    def release(self) -> None:
        """Free the board; where the database fails, the lease ends by itself."""
        try:
            self._held().update(expires_at=None)
        except Error:
            logger.exception("a lease is left to expire")

    def _lost(self) -> refusals.Refusal:
        return refusals.out_of_sight() if self.has_written else refusals.board_busy()

    def _update(self, **values: Any) -> None:
        """Change the row of what was sent; refuse where somebody else settles that by now."""
        if not self._held().update(**values):
            raise refusals.out_of_sight()

    def _held(self) -> Any:
        return BoardLease.objects.filter(pk=self.row_id, fence=self.fence, expires_at__gte=Now())


@contextmanager
def held(connection: Connection, ref: BoardRef, deadline: Deadline) -> Iterator[Lease]:
    """Hold a board while the block runs; refuse where it stays busy until the deadline."""
    lease = _waited_for(connection, ref, deadline)
    try:
        yield lease
    except Error as error:
        # What the portal has taken is not undone by a database that fails: nobody may repeat it.
        if lease.has_written:
            raise database_refusals.failed_midway() from error
        raise
    finally:
        lease.release()


@contextmanager
def held_if_unsettled(connection: Connection, ref: BoardRef) -> Iterator[Lease | None]:
    """Hold a board on which an intent was left behind; None where there is none, or a holder."""
    row = BoardLease.objects.filter(
        portal=connection.portal, board=connection.board_key(ref), intent__isnull=False
    )
    found = row.values_list("pk", flat=True).first()
    lease = None if found is None else _taken(found, _GRACE)
    if lease is not None and lease.intent is None:
        lease.release()
        lease = None
    try:
        yield lease
    finally:
        if lease is not None:
            lease.release()


def _waited_for(connection: Connection, ref: BoardRef, deadline: Deadline) -> Lease:
    row, _ = BoardLease.objects.get_or_create(
        portal=connection.portal, board=connection.board_key(ref)
    )
    pause = _SHORTEST_PAUSE
    while True:
        lease = _taken(row.pk, deadline.left + _GRACE)
        if lease is not None:
            return lease
        if deadline.left <= pause:
            raise refusals.board_busy()
        deadline.pause(pause * random.uniform(0.8, 1.2))  # noqa: S311 (keeps waiters apart)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _taken(row_id: int, seconds: float) -> Lease | None:
    """Take a lease for so long, if it is free."""
    free = BoardLease.objects.filter(
        Q(expires_at__isnull=True) | Q(expires_at__lt=Now()), pk=row_id
    )
    # Looked up first: an update locks the row, or all of SQLite, even where it changes nothing.
    if not free.exists():
        return None
    with transaction.atomic():
        ends = ExpressionWrapper(
            Now() + timedelta(seconds=seconds), output_field=BoardLease.expires_at.field
        )
        if not free.update(fence=F("fence") + 1, expires_at=ends):
            return None
        age = ExpressionWrapper(Now() - F("sent_at"), output_field=DurationField())
        row = BoardLease.objects.annotate(age=age).get(pk=row_id)
    seconds = row.age.total_seconds() if row.age else 0.0
    return Lease(row_id, row.fence, row.intent, seconds, SYSTEM.monotonic(), row.moving)
