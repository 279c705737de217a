"""Deleting the crowded stage of the sandbox, portion by portion, as a page does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

import pytest

from sandbox.server import Sandbox
from stages.bitrix24.answers import Answers
from stages.bitrix24.client import Client
from stages.bitrix24.command import Command
from stages.domain.board import BoardRef
from stages.domain.task_moves import Removal, Return
from stages.services import stage_removal, task_returns
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.removal_words import Stopped
from stages.services.stage_deletion import Removed
from stages.services.task_returns import Returned
from tests import portal

REF = BoardRef(portal.RELAUNCH)
BOARD = "group-10"
BACKLOG, CROWDED, REVIEW = 1, 2, 3
MOVE = "task.stages.movetask"
DELETE = "task.stages.delete"
TO_BACKLOG = Removal(CROWDED, BACKLOG)

# What happens on the portal just before the n-th request, from 1.
Events = Mapping[int, Callable[[], object]]
Meet = Callable[[Events], Connection]


class Eventful(Client):
    """A client during whose work things happen."""

    def __init__(self, *, events: Events, **settings: Any) -> None:
        super().__init__(**settings)
        self.events = events
        self.sent = count(1)

    def batch(self, commands: Sequence[Command[Any]], *, halt: bool = False) -> Answers:
        self.events.get(next(self.sent), lambda: None)()
        return super().batch(commands, halt=halt)


def delete(connection: Connection, ref: BoardRef, stage_id: int) -> Outcome:
    """Delete a stage that holds no task: one request of the page does it."""
    done = stage_removal.remove(connection=connection, ref=ref, run=Removal(stage_id))
    assert isinstance(done, Removed)
    return done.outcome


def everything_visible(sandbox: Sandbox) -> None:
    for task in sandbox.portal.tasks.values():
        task.hidden_from = frozenset()


def few_tasks(sandbox: Sandbox, count: int) -> None:
    """Leave so many tasks in the crowded stage, all of them visible."""
    everything_visible(sandbox)
    for task_id in range(count + 1, 121):
        sandbox.portal.tasks[task_id].stage_id = REVIEW


def tasks_in(sandbox: Sandbox, stage_id: int) -> set[int]:
    return {task.id for task in sandbox.portal.tasks.values() if task.stage_id == stage_id}


def run_through(connection: Connection, run: Removal, ref: BoardRef = REF) -> Removed:
    """Go on, as a page does, until the stage is deleted."""
    while True:
        done = stage_removal.remove(connection=connection, ref=ref, run=run)
        if isinstance(done, Removed):
            return done
        assert isinstance(done.run, Removal)
        assert len(done.run.moved) > len(run.moved), "each portion moves something"
        run = done.run


def stopped(connection: Connection, run: Removal, ref: BoardRef = REF) -> Stopped:
    with pytest.raises(Stopped) as refused:
        run_through(connection, run, ref)
    return refused.value


def back(connection: Connection, run: Return | None, ref: BoardRef = REF) -> Returned:
    assert run is not None
    while True:
        done = task_returns.bring_back(connection=connection, ref=ref, run=run)
        if isinstance(done, Returned):
            return done
        assert isinstance(done.run, Return)
        run = done.run
