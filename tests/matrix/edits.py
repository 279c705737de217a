"""The edits of the matrix: what is posted, and what the portal holds once it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from stages.models import Change
from tests.matrix.held import BACKLOG, CROWDED, DONE, NEW, READY, REVIEW, TASKS, Held, Row

ADD, UPDATE = "task.stages.add", "task.stages.update"
DELETE, MOVE_TASK = "task.stages.delete", "task.stages.movetask"


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit as the page posts it: `path` below the board's stages, None for a whole order.

    `method` is the writing one that trouble strikes, the first or the last that the portal is sent;
    whether it is `batched`, trouble inside a batch can strike it.
    """

    name: str
    action: Change.Action
    method: str
    path: str | None
    fields: Mapping[str, Any]
    make: Callable[[Held], Held]
    batched: bool = False


def _with(held: Held, number: int, title: str | None = None, color: str | None = None) -> Held:
    def changed(row: Row) -> Row:
        if row[0] != number:
            return row
        return number, title or row[1], color or row[2]

    return replace(held, stages=tuple(changed(row) for row in held.stages))


def _in_order(held: Held, order: list[int]) -> Held:
    rows = {row[0]: row for row in held.stages}
    return replace(held, stages=tuple(rows[number] for number in order))


def _without(held: Held, gone: int) -> Held:
    return replace(held, stages=tuple(row for row in held.stages if row[0] != gone))


ORDER = Edit(
    "whole order",
    Change.Action.REORDER,
    UPDATE,
    None,
    {"order": [DONE, READY, REVIEW, CROWDED, BACKLOG]},
    lambda held: _in_order(held, [DONE, READY, REVIEW, CROWDED, BACKLOG]),
    batched=True,
)

EDITS = (
    Edit(
        "add",
        Change.Action.ADD,
        ADD,
        "",
        {"title": "QA", "color": "#112233", "after_id": BACKLOG},
        lambda held: replace(
            held, stages=(held.stages[0], (NEW, "QA", "112233"), *held.stages[1:])
        ),
    ),
    Edit(
        "rename",
        Change.Action.RENAME,
        UPDATE,
        f"{REVIEW}/rename/",
        {"title": "QA"},
        lambda held: _with(held, REVIEW, title="QA"),
    ),
    Edit(
        "recolour",
        Change.Action.RECOLOR,
        UPDATE,
        f"{REVIEW}/recolor/",
        {"color": "#112233"},
        lambda held: _with(held, REVIEW, color="112233"),
    ),
    Edit(
        "move",
        Change.Action.MOVE,
        UPDATE,
        f"{CROWDED}/move/",
        {"after_id": READY},
        lambda held: _in_order(held, [BACKLOG, REVIEW, READY, CROWDED, DONE]),
    ),
    ORDER,
    Edit(
        "delete",
        Change.Action.DELETE,
        DELETE,
        f"{DONE}/delete/",
        {},
        lambda held: _without(held, DONE),
        batched=True,
    ),
    Edit(
        "delete after its tasks have moved",
        Change.Action.DELETE,
        DELETE,
        f"{CROWDED}/delete/",
        {"move_tasks_to": READY},
        lambda held: replace(_without(held, CROWDED), tasks=(READY,) * TASKS),
        batched=True,
    ),
    Edit(
        "delete with tasks",
        Change.Action.DELETE,
        MOVE_TASK,
        f"{CROWDED}/delete/",
        {"move_tasks_to": READY},
        lambda held: replace(_without(held, CROWDED), tasks=(READY,) * TASKS),
        batched=True,
    ),
)

# Made after each of them, to see whether the board takes it.
NEXT = Edit(
    "next",
    Change.Action.RENAME,
    UPDATE,
    f"{BACKLOG}/rename/",
    {"title": "Later"},
    lambda held: _with(held, BACKLOG, title="Later"),
)
