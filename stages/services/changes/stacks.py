"""What one may undo and redo of one's own on a board, also across visits."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from stages.domain import sequence
from stages.domain.details import BoardDetails
from stages.models import Change
from stages.services import sentences
from stages.services.changes import past, undoable
from stages.services.connections import Connection

_DEEPEST = 30  # steps back that a page offers
_LOOKED_AT = 4 * _DEEPEST


@dataclass(frozen=True, slots=True)
class Stacks:
    """Steps as {change, name}, the next one last."""

    undo: tuple[dict[str, Any], ...] = ()
    redo: tuple[dict[str, Any], ...] = ()

    @property
    def undo_json(self) -> str:
        return json.dumps(self.undo)

    @property
    def redo_json(self) -> str:
        return json.dumps(self.redo)


def own(*, connection: Connection, details: BoardDetails) -> Stacks:
    """Return the visitor's own steps on a board just read, without those that make no sense now."""
    ref = details.board.ref
    of_board = Change.objects.filter(portal=connection.portal, board=connection.board_key(ref))
    mine = of_board.filter(user_id=connection.actor.user_id).exclude(edits=[])
    rows = list(mine.select_related("undone_by").order_by("-pk")[:_LOOKED_AT])
    if not rows:
        return Stacks()
    later = list(of_board.filter(pk__gt=rows[-1].pk).order_by("pk"))
    known = past.numbers(connection.portal, [rows[0].board])
    by_id = {row.pk: row for row in rows}
    steps = sequence.stacks([(row.pk, row.undoes_id) for row in reversed(rows)])

    def offered(stack: tuple[int, ...]) -> tuple[dict[str, Any], ...]:
        """Return the steps that can be taken one after another, on what the ones before leave."""
        board, since, kept = details.board, later, list[int]()
        for one in reversed(stack[-_DEEPEST:]):
            left = undoable.wanted(by_id[one], board, known, since)
            if not isinstance(left, str):
                kept.insert(0, one)
                board, since = left, [change for change in since if change.pk != one]
        return tuple({"change": one, "name": name(by_id[one], by_id)} for one in kept)

    return Stacks(offered(steps.undo), offered(steps.redo))


def name(change: Change, others: dict[int, Change] | None = None) -> str:
    """Return what a change is called where it can be undone; an undo is called by what it undid."""
    while change.undoes_id:
        root = (others or {}).get(change.undoes_id) or change.undoes
        if root is None:
            break
        change = root
    known = past.keys(change.before, change.after)
    done = past.load(change, past.NOWHERE, known)
    if change.action == Change.Action.RESTORE:
        return "restoring of the board"
    return sentences.name_all(done.edits, done.before)
