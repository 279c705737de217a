"""RPA processes and their stages, read-only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from stages.bitrix24 import errors
from stages.bitrix24.command import Command
from stages.bitrix24.methods import rpa
from stages.domain.rpa import RpaStage, RpaType
from stages.services import lending, refusals, words
from stages.services.connections import Connection

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Process:
    """A process with its stages, in their order."""

    type: RpaType
    stages: tuple[RpaStage, ...]


@dataclass(frozen=True, slots=True)
class StagePanel:
    """All about a stage, and the process with the names of the stages it may lead to."""

    stage: RpaStage
    process: Process | None

    @property
    def next_stages(self) -> tuple[RpaStage, ...]:
        siblings = self.process.stages if self.process else ()
        return tuple(
            sibling for sibling in siblings if sibling.id in self.stage.possible_next_stages
        )


@words.in_words()
def list_processes(*, connection: Connection) -> tuple[Process, ...]:
    """Return the processes with their stages: two requests."""
    lending.require_own(connection)
    types = _asked(connection, rpa.types()).items
    lists = {kind.id: rpa.stages(type_id=kind.id) for kind in types}
    answers = connection.client.batch(list(lists.values()))
    return tuple(Process(kind, answers[lists[kind.id]]) for kind in types)


@words.in_words()
def list_types(*, connection: Connection) -> tuple[RpaType, ...]:
    """Return the processes alone: a request for each fifty."""
    lending.require_own(connection)
    found: list[RpaType] = []
    start: int | None = 0
    while start is not None:
        page = _asked(connection, rpa.types(start=start))
        found += page.items
        start = page.next
    return tuple(found)


@words.in_words()
def list_stages(*, connection: Connection, type_id: int) -> tuple[RpaStage, ...]:
    """Return the stages of a process: one request."""
    lending.require_own(connection)
    return _asked(connection, rpa.stages(type_id=type_id))


@words.in_words()
def stage(*, connection: Connection, stage_id: int) -> RpaStage:
    """Return a stage alone: one request."""
    lending.require_own(connection)
    return _asked(connection, rpa.stage(stage_id=stage_id))


@words.in_words()
def fetch_stage(*, connection: Connection, stage_id: int) -> StagePanel:
    """Return a stage with its process: two requests."""
    lending.require_own(connection)
    stage, types = rpa.stage(stage_id=stage_id), rpa.types()
    answers = connection.client.batch([stage, types])
    try:
        found = answers[stage]
    except errors.MethodNotFound:
        raise refusals.no_rpa() from None
    siblings = connection.client.call(rpa.stages(type_id=found.type_id))
    process = next(
        (Process(kind, siblings) for kind in answers[types].items if kind.id == found.type_id),
        None,
    )
    return StagePanel(found, process)


def _asked(connection: Connection, command: Command[T]) -> T:
    try:
        return connection.client.call(command)
    except errors.MethodNotFound:
        raise refusals.no_rpa() from None
