"""Tasks that a deletion moved and that its undo is still to bring back.

They follow their stage in portions, so an answer that is lost or a page that is closed leaves them
behind. That all were looked at is noted down (`Action.RETURN`); until then the way back is open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from stages.domain.board import Board, BoardRef
from stages.domain.task_moves import Removal, Return
from stages.models import Change
from stages.services import task_moves, words
from stages.services.changes.past import Numbers
from stages.services.connections import Connection


def pending(
    undo: Change, moved_tasks: Mapping[str, Any] | None, known: Numbers, now: Board
) -> Return | None:
    """Return the way of tasks into the stage that an undo brought back, None where there is none.

    `moved_tasks` are as the change has them that was undone.
    """
    if not moved_tasks or undo.stage_id is None or _is_over(undo):
        return None
    stage, source = known.get(undo.stage_id), known.get(moved_tasks["to"])
    if stage is None or source is None or stage not in now or source not in now:
        return None
    ids = tuple(moved_tasks["ids"])
    return Return(stage, source, ids, total=len(ids), restored=True)


def still_there(connection: Connection, ref: BoardRef, run: Return) -> Return:
    """Return the way of those tasks alone that are where the deletion had put them.

    Where none of them is, it is the way of all, which finds none.
    """
    waiting = _there(connection, ref, run.from_id, run.waiting) or run.waiting
    return replace(run, waiting=waiting, total=len(waiting))


def left_behind(
    connection: Connection, ref: BoardRef, undo: Change, again: Removal
) -> tuple[int, ...]:
    """Return the tasks that an undo left where the deletion had put them that is made `again`.

    They are of the deleted stage as before, and the next undo has to know them.
    """
    moved = undo.undoes.moved_tasks if undo.undoes else None
    if not moved or again.target_id is None or _is_over(undo):
        return ()
    return _there(connection, ref, again.target_id, moved["ids"])


def _there(
    connection: Connection, ref: BoardRef, stage_id: int, ids: Sequence[int]
) -> tuple[int, ...]:
    with words.in_words():
        return task_moves.in_stage(connection, ref.entity_id, stage_id, ids)


def _is_over(undo: Change) -> bool:
    later = Change.objects.filter(portal=undo.portal_id, board=undo.board, pk__gt=undo.pk)
    return later.filter(action=Change.Action.RETURN, stage=undo.stage_id).exists()
