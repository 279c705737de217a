"""What takes several portions, gone through to its end for who can wait: commands and programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Unpack, cast

from stages.domain.board import BoardRef
from stages.domain.details import BoardDetails
from stages.domain.task_moves import Removal, Return
from stages.services import boards, stage_names, stage_removal, task_returns
from stages.services.changes import undoing
from stages.services.connections import Connection
from stages.services.stage_deletion import Removed
from stages.services.stage_names import Named
from stages.services.task_moves import Progress
from stages.services.task_returns import Returned
from stages.services.writing import Manner

# Is told after each portion how many tasks have moved, of how many, and tells whether anybody waits
# for the rest: where nobody does, people's requests go first.
Watch = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back, with its tasks: in words, by which change, and the board."""

    sentence: str
    change_id: int | None
    details: BoardDetails


def removal(
    *,
    connection: Connection,
    ref: BoardRef,
    stage: Named,
    target: Named | None,
    as_admin: bool = False,
) -> Removal:
    """Return the deletion that is meant; titles cost a read of the board, ids cost nothing."""
    if isinstance(stage, int) and not isinstance(target, str):
        return Removal(stage, target)
    board = boards.fetch(connection=connection, ref=ref, as_admin=as_admin).board
    where = None if target is None else stage_names.find(board, target)
    return Removal(stage_names.find(board, stage), where)


def remove(
    *, connection: Connection, ref: BoardRef, run: Removal, watch: Watch, **manner: Unpack[Manner]
) -> Removed:
    """Delete a stage, all of its tasks moved first."""
    while True:
        done = stage_removal.remove(connection=connection, ref=ref, run=run, **manner)
        if isinstance(done, Removed):
            watch(len(done.run.moved), done.run.total)
            return done
        run, connection = _after(done, watch, connection)


def undo(
    *, connection: Connection, change_id: int, watch: Watch, **manner: Unpack[Manner]
) -> Undone:
    """Undo a change, and bring back the tasks that it had moved."""
    run: Removal | None = None
    while True:
        done = undoing.undo(connection=connection, change_id=change_id, run=run, **manner)
        if isinstance(done, Removed):
            watch(len(done.run.moved), done.run.total)
            return Undone(done.sentence, done.outcome.change_id, done.outcome.details)
        if not isinstance(done, Progress):
            break
        run, connection = _after(done, watch, connection)
    told = [done.outcome.sentence] if done.outcome.wanted or not done.run else []
    if done.run:
        ref = done.outcome.details.board.ref
        returned = _bring_back(connection, ref, done.run, watch, **manner)
        told.append(returned.sentence)
    return Undone(" ".join(told), done.outcome.change_id, done.outcome.details)


def _bring_back(
    connection: Connection, ref: BoardRef, run: Return, watch: Watch, **manner: Unpack[Manner]
) -> Returned:
    while True:
        done = task_returns.bring_back(connection=connection, ref=ref, run=run, **manner)
        if isinstance(done, Returned):
            watch(done.run.total - len(done.run.waiting), done.run.total)
            return done
        run = cast(Return, done.run)
        if not watch(run.total - len(run.waiting), run.total):
            connection = connection.in_background()


def _after(done: Progress, watch: Watch, connection: Connection) -> tuple[Removal, Connection]:
    """Return what the next portion is, and the connection for it."""
    run = cast(Removal, done.run)
    waits = watch(len(run.moved), run.total)
    return run, connection if waits else connection.in_background()
