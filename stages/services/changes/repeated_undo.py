"""An undo on a page, where people press twice, and answers are lost on the way to them."""

from __future__ import annotations

from typing import Unpack

from stages.domain.task_moves import Removal
from stages.services import boards
from stages.services.changes import past, readable, returns, stacks, undoable, undoing
from stages.services.changes.undoing import Undone
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.refusals import Refusal
from stages.services.stage_deletion import Removed
from stages.services.task_moves import Progress
from stages.services.writing import Manner


def undo(
    *,
    connection: Connection,
    change_id: int,
    run: Removal | None = None,
    **manner: Unpack[Manner],
) -> Undone | Removed | Progress:
    """As `undoing.undo`; what the same person has undone already is told as it was then."""
    try:
        return undoing.undo(connection=connection, change_id=change_id, run=run, **manner)
    except Refusal as refusal:
        if refusal.code != "CONFLICT":
            raise
        made = _made(connection, change_id, as_admin=manner.get("as_admin", False))
        if made is None:
            raise
        return made


def _made(connection: Connection, change_id: int, *, as_admin: bool) -> Undone | None:
    change, ref = readable.to_undo(connection, change_id, as_admin=as_admin)
    undone = undoable.undoings(connection.portal, [change.board], since=change.pk)
    made = undoable.undoing(change, undone)
    if ref is None or made is None or made.user_id != connection.actor.user_id:
        return None
    details = boards.fetch(connection=connection, ref=ref, as_admin=as_admin)
    known = past.numbers(connection.portal, [change.board])
    done = past.load(made, ref, known)
    added = next((stage.id for stage in done.added), None)
    outcome = Outcome(done.before, done.edits, details, added=added, change_id=made.pk)
    # Made a moment ago, by an earlier try whose tasks nobody has brought back yet.
    run = returns.pending(made, change.moved_tasks, known, details.board)
    return Undone(ref, outcome, stacks.name(change), run, redone=change.is_undo)
