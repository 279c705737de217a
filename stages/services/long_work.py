"""Work that may take longer than a program waits for one answer: it goes on, and tells how far.

It runs in a thread of its own from the beginning. What is over within `WAIT` is answered as if it
had been done at once; all else is noted down as a change that says how far the work is.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar, Unpack

from django.db import connections as databases

from stages.bitrix24.clock import SYSTEM, Deadline
from stages.domain.board import BoardRef
from stages.domain.task_moves import Removal
from stages.models import Change
from stages.services import portions
from stages.services.changes import listing, progress, readable
from stages.services.changes.entries import Entry
from stages.services.connections import Connection
from stages.services.history import recording
from stages.services.portions import Undone, Watch
from stages.services.refusals import Refusal
from stages.services.stage_deletion import Removed
from stages.services.writing import Manner

WAIT = 25.0  # seconds

logger = logging.getLogger(__name__)

_pool = ThreadPoolExecutor(max_workers=16, thread_name_prefix="long-work")

T = TypeVar("T", Removed, Undone)


@dataclass(frozen=True, slots=True)
class GoesOn:
    """Work that is not over yet; the change of that number says how far it is."""

    change_id: int


def remove(
    *, connection: Connection, ref: BoardRef, run: Removal, **manner: Unpack[Manner]
) -> Removed | GoesOn:
    """Delete a stage, all of its tasks moved first."""
    board = connection.board_key(ref)
    report = _Report(connection, board, Change.Action.BEGIN_DELETE, stage_id=run.stage_id)

    def work(watch: Watch) -> Removed:
        return portions.remove(connection=connection, ref=ref, run=run, watch=watch, **manner)

    return _within(report, work, Deadline.within(WAIT, SYSTEM))


def undo(*, connection: Connection, change_id: int, **manner: Unpack[Manner]) -> Entry | GoesOn:
    """Undo a change, and bring back the tasks that it had moved; return the change that did it."""
    deadline = Deadline.within(WAIT, SYSTEM)
    as_admin = manner.get("as_admin", False)
    change, _ref = readable.to_undo(connection.until(deadline), change_id, as_admin=as_admin)
    report = _Report(connection, change.board, Change.Action.BEGIN_UNDO)

    def work(watch: Watch) -> Undone:
        return portions.undo(connection=connection, change_id=change_id, watch=watch, **manner)

    done = _within(report, work, deadline)
    if isinstance(done, GoesOn):
        return done
    made = done.change_id or change_id
    return listing.made(connection=connection, details=done.details, change_id=made)


class _Report:
    """How far work is: in memory, and from the moment somebody was told to look, in a change."""

    def __init__(
        self,
        connection: Connection,
        board: str,
        action: Change.Action,
        *,
        stage_id: int | None = None,
    ) -> None:
        self._connection = connection
        self._board = board
        self._action = action
        self._stage_id = stage_id
        self._told: dict[str, Any] = {"moved": 0, "total": 0}
        self._state = progress.MOVING
        self._change: Change | None = None
        self._lock = threading.Lock()

    def watch(self, moved: int, total: int) -> bool:
        self._tell(progress.MOVING, moved=moved, total=total)
        return self._change is None  # until somebody is told to look later

    def finish(self, future: Future[T]) -> None:
        """Note down how the work ended; called in its thread, which gives its database back."""
        error = future.exception()
        if error is None:
            self._tell(progress.DONE, change_id=_change_id(future.result()))
        elif isinstance(error, Refusal):
            self._tell(progress.STOPPED, detail=f"{error.message} {error.hint}".strip())
        else:
            logger.error("long work failed", exc_info=error)
            self._tell(progress.STOPPED, detail="It failed here, which is noted in the log.")
        databases.close_all()

    def note_down(self) -> int:
        with self._lock:
            what = progress.noted(self._state, **self._told)
            self._change = recording.event(
                connection=self._connection,
                action=self._action,
                what=what,
                board=self._board,
                stage_id=self._stage_id,
            )
            return self._change.pk

    def _tell(self, state: str, **told: Any) -> None:
        with self._lock:
            self._state = state
            self._told |= told
            if self._change:
                self._change.after = progress.noted(state, **self._told)
                self._change.save(update_fields=["after"])


def _within(report: _Report, work: Callable[[Watch], T], deadline: Deadline) -> T | GoesOn:
    future = _pool.submit(work, report.watch)
    future.add_done_callback(report.finish)
    try:
        return future.result(timeout=deadline.left)
    except TimeoutError:
        return GoesOn(report.note_down())


def _change_id(done: Removed | Undone) -> int | None:
    return done.outcome.change_id if isinstance(done, Removed) else done.change_id
