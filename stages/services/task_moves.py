"""Moving tasks from one stage to another: in small requests, and told as the portal has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stages.bitrix24 import errors
from stages.bitrix24.answers import Answers
from stages.bitrix24.clock import SYSTEM, Deadline
from stages.bitrix24.command import Command
from stages.bitrix24.methods import task_stages, tasks
from stages.domain import task_moves as moves
from stages.domain.board import Board
from stages.domain.task import Task
from stages.domain.task_moves import Removal, Return
from stages.services import reconciling
from stages.services.connections import Connection

# A person waits for one portion, and so does a worker of ours: where the portal is slow, a portion
# ends early and the next one goes on.
LONG_ENOUGH = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Route:
    """From which stage of a board tasks go to which."""

    entity_id: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Halt:
    """Why no more was moved: the error, the task it kept in place, how many may be anywhere."""

    error: errors.Bitrix24Error
    task: Task | None = None
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Portion:
    """What became of some tasks: the ids that arrived, as the portal says."""

    moved: tuple[int, ...]
    halt: Halt | None = None
    out_of_time: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """A portion is done and the next one is to be asked for; `board` is as read at its start."""

    run: Removal | Return
    board: Board


def move(connection: Connection, route: Route, waiting: Sequence[Task]) -> Portion:
    """Move tasks, ten to a request; stop at the first that will not go.

    A passing trouble is survived once: what the portal then still has in the old stage goes again,
    since moving a task twice to the same stage does no harm.
    """
    moved: list[int] = []
    portion, forgiven = Deadline.within(LONG_ENOUGH, SYSTEM), False
    while waiting:
        if not portion.left:
            return Portion(tuple(moved), out_of_time=True)
        batch, waiting = waiting[: moves.BATCH], waiting[moves.BATCH :]
        failed = _send(connection, route, batch)
        moved += [task.id for task in batch if task not in failed]
        if not failed:
            continue
        try:
            found = whereabouts(connection, route, [task.id for task in failed])
        except errors.Bitrix24Error:
            error = next(iter(failed.values()))
            return Portion(tuple(moved), Halt(error, unknown=len(failed)))
        moved += found.arrived
        left = [task for task in failed if task.id in found.waiting]
        lasting = [
            task for task in left if forgiven or not isinstance(failed[task], reconciling.PASSING)
        ]
        if lasting:
            return Portion(tuple(moved), Halt(failed[lasting[0]], lasting[0]))
        forgiven = forgiven or bool(left)
        waiting = [*left, *waiting]
    return Portion(tuple(moved))


def _send(
    connection: Connection, route: Route, batch: Sequence[Task]
) -> dict[Task, errors.Bitrix24Error]:
    """Ask for a few moves at once and return the tasks that are not known to have moved."""
    commands = {
        task: task_stages.move_task(task_id=task.id, stage_id=route.target) for task in batch
    }
    # Without halt: one task that may not be moved does not keep the others from moving.
    answers = connection.client.batch(list(commands.values()))
    failed = {}
    for task, command in commands.items():
        error = answers.error(command)
        if error is None and not answers[command]:
            error = errors.MoveDenied()  # the portal says `false` where a task has no such place
        if error is not None:
            failed[task] = error
    return failed


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Which tasks are in the new stage and which in the old; the rest are gone elsewhere."""

    arrived: tuple[int, ...]
    waiting: frozenset[int]


def whereabouts(connection: Connection, route: Route, ids: Sequence[int]) -> Whereabouts:
    """Ask the portal where tasks are: 25 pages of 50 tasks to a request."""
    arrived = list_some(route.entity_id, route.target, ids)
    waiting = list_some(route.entity_id, route.source, ids)
    answers = connection.client.batch([*arrived, *waiting])
    return Whereabouts(tuple(found(arrived, answers, ids)), frozenset(found(waiting, answers, ids)))


def list_some(entity_id: int, stage_id: int, ids: Sequence[int]) -> list[Command[Any]]:
    """Return the commands that list which of these tasks are in a stage."""
    return [
        tasks.in_stage(entity_id=entity_id, stage_id=stage_id, ids=page)
        for page in moves.pages(ids)
    ]


def in_stage(
    connection: Connection, entity_id: int, stage_id: int, ids: Sequence[int]
) -> tuple[int, ...]:
    """Ask the portal which of these tasks are in a stage: 50 pages of 50 tasks to a request."""
    lists = list_some(entity_id, stage_id, ids)
    return tuple(found(lists, connection.client.batch(lists), ids))


def found(commands: Sequence[Command[Any]], answers: Answers, ids: Sequence[int]) -> list[int]:
    """Return the ids that were listed, of those asked for; raise where one list failed."""
    listed = {task.id for command in commands for task in answers[command].items}
    return [task_id for task_id in ids if task_id in listed]
