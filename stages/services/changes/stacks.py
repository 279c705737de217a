"""What one may undo and redo of one's own on a board, also across visits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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
    rows = list(mine.order_by("-pk").values_list("pk", "undoes_id", "depth")[:_LOOKED_AT])
    made = {change: undone for change, undone, _ in rows}
    steps = sequence.stacks(reversed(rows))
    taken = {*steps.undo[-_DEEPEST:], *steps.redo[-_DEEPEST:]}
    if not taken:
        return Stacks()
    by_id = Change.objects.in_bulk({one for step in taken for one in _origins(step, made)})
    board_key, since = connection.board_key(ref), min(taken)
    undone = undoable.undoings(connection.portal, [board_key], since=since)
    moves = list(past.moves_since(connection.portal, [board_key], since))
    known = past.numbers(connection.portal, [board_key])

    def offered(stack: tuple[int, ...]) -> tuple[dict[str, Any], ...]:
        """Return the steps that can be taken one after another, on what the ones before leave."""
        board, later, kept = details.board, moves, list[int]()
        for one in reversed(stack[-_DEEPEST:]):
            left = undoable.wanted(by_id[one], board, known, later, undone)
            if not isinstance(left, str):
                kept.insert(0, one)
                board, later = left, [change for change in later if change.pk != one]
        return tuple({"change": one, "name": name(by_id[one], by_id)} for one in kept)

    return Stacks(offered(steps.undo), offered(steps.redo))


def _origins(step: int, made: Mapping[int, int | None]) -> Iterator[int]:
    """Yield a step, what it undoes, and so on to the edit that names it, as far as it is known."""
    one: int | None = step
    while one is not None:
        yield one
        one = made.get(one)


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
