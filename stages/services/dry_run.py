"""What an edit would send to the portal, planned on a fresh read, without sending it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stages.bitrix24.command import Command, JSONValue
from stages.bitrix24.methods import task_stages, tasks
from stages.domain import task_moves
from stages.domain.board import BoardKind, BoardRef
from stages.domain.task_moves import Removal
from stages.services import reading, sending, stage_removal, words, writing
from stages.services.changes import undoing
from stages.services.connections import Connection
from stages.services.writing import Draft

_TO_COME = "(the stage that was added)"
_PLAIN = re.compile(r"[\w.,:+-]+")


@dataclass(frozen=True, slots=True)
class Planned:
    """A method of the portal with its parameters; `str` gives them in one line."""

    method: str
    params: dict[str, Any]

    def __str__(self) -> str:
        return " ".join([self.method, *_written(self.params)])


def edits(
    *, connection: Connection, ref: BoardRef, draft: Draft, as_admin: bool = False
) -> tuple[Planned, ...]:
    """Return what the planned edits of a board would send; refuse what would be refused here."""
    with words.in_words():
        read = reading.begin(connection, ref, as_admin=as_admin)
    return _told(sending.commands(read, writing.planned(read, draft)))


def removal(
    *, connection: Connection, ref: BoardRef, run: Removal, as_admin: bool = False
) -> tuple[Planned, ...]:
    """Return what deleting a stage would send, the moves of its tasks first."""
    listed = tasks.in_stage(entity_id=ref.entity_id, stage_id=run.stage_id)
    may_move = task_stages.can_move_task(entity_id=ref.entity_id)
    on_group = ref.kind is BoardKind.GROUP
    with words.in_words():
        read = reading.begin(
            connection, ref, as_admin=as_admin, beside=[listed, may_move] if on_group else [listed]
        )
        page = read.answers[listed]
        barred = on_group and read.answers.ran(may_move) and not read.answers[may_move]
        stage_removal.check(read, run, page, barred=barred)
        waiting = list(page.items)
        while page.next is not None:
            page = connection.client.call(
                tasks.in_stage(entity_id=ref.entity_id, stage_id=run.stage_id, start=page.next)
            )
            waiting += page.items
    target = run.target_id or 0
    moves = [task_stages.move_task(task_id=task.id, stage_id=target) for task in waiting]
    delete = task_stages.delete(stage_id=run.stage_id, as_admin=read.as_admin)
    return _told([*moves, delete])


def undo(*, connection: Connection, change_id: int, as_admin: bool = False) -> tuple[Planned, ...]:
    """Return what undoing a change would send."""
    wanted = undoing.preview(connection=connection, change_id=change_id, as_admin=as_admin)
    ref = wanted.ref
    if isinstance(wanted.way, Removal):
        return removal(connection=connection, ref=ref, run=wanted.way, as_admin=as_admin)
    sent = edits(connection=connection, ref=ref, draft=wanted.way, as_admin=as_admin)
    return (*sent, *_returns(connection, ref, wanted))


def _returns(connection: Connection, ref: BoardRef, wanted: undoing.Preview) -> Iterator[Planned]:
    """Yield the moves of tasks back into a stage that comes back, as far as they are still there.

    The portal gives that stage a number only when it is added.
    """
    lists = [
        tasks.in_stage(entity_id=ref.entity_id, stage_id=wanted.tasks_from, ids=page)
        for page in task_moves.pages(wanted.tasks)
    ]
    with words.in_words():
        answers = connection.client.batch(lists)
        there = {task.id for one in lists for task in answers[one].items}
    for task_id in wanted.tasks:
        if task_id in there:
            move = task_stages.move_task(task_id=task_id, stage_id=0)
            yield Planned(move.method, {**move.params, "stageId": _TO_COME})


def _told(commands: Iterable[Command[Any]]) -> tuple[Planned, ...]:
    return tuple(Planned(one.method, dict(one.params)) for one in commands)


def _written(params: JSONValue, name: str = "") -> Iterator[str]:
    """Yield `name=value` for each parameter, as `name[key]=value` where it is one of several."""
    if isinstance(params, dict):
        for key, value in params.items():
            yield from _written(value, f"{name}[{key}]" if name else key)
    elif isinstance(params, Sequence) and not isinstance(params, str):
        for value in params:
            yield from _written(value, f"{name}[]")
    else:
        yield f"{name}={_value(params)}"


def _value(value: JSONValue) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
