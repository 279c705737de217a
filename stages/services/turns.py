"""A board that is held for writing, and the one deadline of all that is asked of the portal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from stages.bitrix24.clock import SYSTEM, Deadline
from stages.bitrix24.command import Command
from stages.domain.board import BoardRef
from stages.services import intents, leases, reading, words
from stages.services.connections import Connection
from stages.services.leases import Lease
from stages.services.reading import Reading


@dataclass(frozen=True, slots=True)
class Turn:
    """What is done to a board under its lease; requests of `connection` end by the deadline.

    Before each that writes, it is made sure that the board is still held.
    """

    connection: Connection
    ref: BoardRef
    lease: Lease
    deadline: Deadline
    as_admin: bool

    def read(self, *beside: Command[Any]) -> Reading:
        """Read the board, once no earlier edit of it is under way; `beside` as in reading.begin."""
        with words.in_words(fate="Nothing was changed."):
            read = self._begin(beside)
            return intents.settle(
                self.connection, self.lease, read, lambda: self._begin(beside), self.deadline
            )

    def _begin(self, beside: Sequence[Command[Any]]) -> Reading:
        return reading.begin(self.connection, self.ref, as_admin=self.as_admin, beside=beside)


@contextmanager
def taken(connection: Connection, ref: BoardRef, *, as_admin: bool = False) -> Iterator[Turn]:
    """Hold a board for writing while the block runs."""
    deadline = Deadline.within(settings.BITRIX24_DEADLINE, SYSTEM)
    connection = connection.until(deadline)
    with leases.held(connection, ref, deadline) as lease:
        yield Turn(connection.guarded(lease.assure), ref, lease, deadline, as_admin)
