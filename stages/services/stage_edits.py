"""The edits of one board: move, rename, recolour, add, reorder; for deletion see stage_removal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from stages.domain.board import BoardRef
from stages.services import drafts, refusals, stage_names, writing
from stages.services.connections import Connection
from stages.services.history import earlier
from stages.services.outcome import Outcome
from stages.services.refusals import Refusal
from stages.services.stage_names import Named
from stages.services.writing import Draft, Manner


def move(
    *, connection: Connection, ref: BoardRef, stage_id: int, after_id: int, **manner: Unpack[Manner]
) -> Outcome:
    """Put a stage right after another, or at the start where `after_id` is 0."""
    return _write(connection, ref, drafts.move(stage_id, after=after_id), manner)


def reorder(
    *, connection: Connection, ref: BoardRef, order: Sequence[Named], **manner: Unpack[Manner]
) -> Outcome:
    """Give the stages a new order with the fewest moves; `order` names every stage once.

    What named every stage of an earlier board is not wrong but late: a conflict.
    """
    try:
        return _write(connection, ref, drafts.reorder(order), manner)
    except Refusal as refusal:
        now = refusal.board
        if refusal.code != "INVALID" or now is None:
            raise
        ids = [stage_names.find(now.board, stage) for stage in order]
        if not earlier.had_just(connection, ref, ids):
            raise
        late = refusals.order_outdated()
        late.board = now
        raise late from refusal


def rename(
    *, connection: Connection, ref: BoardRef, stage_id: int, title: str, **manner: Unpack[Manner]
) -> Outcome:
    return _write(connection, ref, drafts.rename(stage_id, title), manner)


def recolor(
    *, connection: Connection, ref: BoardRef, stage_id: int, color: str, **manner: Unpack[Manner]
) -> Outcome:
    return _write(connection, ref, drafts.recolor(stage_id, color), manner)


def change(
    *,
    connection: Connection,
    ref: BoardRef,
    stage_id: int,
    title: str | None = None,
    color: str | None = None,
    after_id: int | None = None,
    **manner: Unpack[Manner],
) -> Outcome:
    """Give a stage a title, a colour and a place; what is None or as it was is not sent."""
    shown = manner.get("shown")
    draft = drafts.change(stage_id, title=title, color=color, after=after_id, shown=shown)
    return _write(connection, ref, draft, manner)


def add(
    *,
    connection: Connection,
    ref: BoardRef,
    title: str,
    color: str = "",
    after_id: int | None,
    **manner: Unpack[Manner],
) -> Outcome:
    """Add a stage: after another, at the start (0) or at the end (None).

    Without a colour it gets the next of the portal's defaults.
    """
    return _write(connection, ref, drafts.add(title, color=color, after=after_id), manner)


def _write(connection: Connection, ref: BoardRef, draft: Draft, manner: Manner) -> Outcome:
    minded = drafts.minding(draft, shown=manner.get("shown"), force=manner.get("force", False))
    return writing.write(connection, ref, minded, **manner)
