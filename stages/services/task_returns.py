"""Moving tasks back to where they were, as far as nobody has moved them on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Unpack

from stages.bitrix24 import errors
from stages.bitrix24.methods import tasks
from stages.domain import differences
from stages.domain import task_moves as moves
from stages.domain.board import Board, BoardRef
from stages.domain.details import BoardDetails
from stages.domain.differences import Difference
from stages.domain.task import Task
from stages.domain.task_moves import Return
from stages.models import Change
from stages.services import (
    reading,
    refusals,
    removal_words,
    sentences,
    task_moves,
    turns,
    words,
)
from stages.services.connections import Connection
from stages.services.history import recording
from stages.services.reading import Reading
from stages.services.refusals import Refusal
from stages.services.removal_words import Stopped
from stages.services.task_moves import Halt, Progress, Route
from stages.services.turns import Turn
from stages.services.writing import Manner


@dataclass(frozen=True, slots=True)
class Returned:
    """All tasks were looked at, and those still where they had been put are back."""

    details: BoardDetails
    run: Return
    foreign: tuple[Difference, ...] = ()

    @property
    def name(self) -> str:
        return self.details.stage(self.run.stage_id).stage.name

    @property
    def sentence(self) -> str:
        told = removal_words.back_in(self.run, self.name)
        if self.run.back < self.run.total:
            told = f"{told[:-1]}; the others had gone elsewhere."
        return f"{told} {sentences.meanwhile(self.foreign)}" if self.foreign else told


def bring_back(
    *, connection: Connection, ref: BoardRef, run: Return, **manner: Unpack[Manner]
) -> Returned | Progress:
    """Move at most 50 of the waiting tasks back, those that still are in `run.from_id`."""
    with turns.taken(connection, ref, as_admin=manner.get("as_admin", False)) as turn:
        try:
            done = _portion(turn, run)
        except Stopped:
            raise
        except Refusal as refusal:
            if not (run.back or run.restored):
                raise
            raise removal_words.returning(refusal, run, "the stage") from refusal
        if isinstance(done, Returned) and run.restored:
            _note(turn, done)
    shown = manner.get("shown")
    if isinstance(done, Progress) or shown is None:
        return done
    return replace(done, foreign=_foreign(shown, done.details.board, run))


def _note(turn: Turn, done: Returned) -> None:
    """Note down that an undo is complete: nothing of what it brings back waits any longer."""
    recording.event(
        connection=turn.connection,
        action=Change.Action.RETURN,
        what={"name": done.name},
        board=turn.connection.board_key(turn.ref),
        stage_id=done.run.stage_id,
        as_admin=turn.as_admin,
    )


def _portion(turn: Turn, run: Return) -> Returned | Progress:
    ref = turn.ref
    looked_at, later = run.waiting[: moves.PAGE], run.waiting[moves.PAGE :]
    still_there = tasks.in_stage(entity_id=ref.entity_id, stage_id=run.from_id, ids=looked_at)
    read = turn.read(still_there)
    with words.in_words(fate="Nothing was changed."):
        try:
            _check(read, run)
            listed: tuple[Task, ...] = ()
            if run.from_id in read.board:
                listed = read.answers[still_there].items
        except Refusal as refusal:
            refusal.board = reading.complete(turn.connection, read)
            raise
    route = Route(ref.entity_id, run.from_id, run.stage_id)
    waiting = [one for one in listed if one.id in looked_at]
    portion = task_moves.move(turn.connection, route, waiting)
    left = [one.id for one in listed if one.id not in portion.moved]
    run = replace(run, waiting=(*left, *later), back=run.back + len(portion.moved))
    if portion.halt:
        raise _stopped(turn.connection, read, run, portion.halt)
    if run.waiting:
        return Progress(run, read.board)
    if turn.lease.moving and turn.lease.moving["stage"] == run.stage_id:
        turn.lease.move(None)
    with words.in_words():
        return Returned(reading.again(turn.connection, read, read.board), run)


def _check(read: Reading, run: Return) -> None:
    if read.barrier:
        raise words.may_not_edit(read.barrier)
    if run.stage_id not in read.board:
        raise refusals.stage_not_found(run.stage_id)
    if run.from_id == run.stage_id:
        raise refusals.invalid("The tasks are in that stage already.")


def _stopped(connection: Connection, read: Reading, run: Return, halt: Halt) -> Stopped:
    refusal = removal_words.cause(halt)
    if not halt.unknown:
        with suppress(errors.Bitrix24Error):
            refusal.board = reading.again(connection, read, read.board)
    name = read.board[run.stage_id].name
    return removal_words.returning(refusal, run, name, unknown=halt.unknown)


def _foreign(shown: Board, actual: Board, run: Return) -> tuple[Difference, ...]:
    """Return what others changed; a stage that was just restored may not be on the page yet."""
    if run.restored and run.stage_id not in shown:
        kept = tuple(stage for stage in actual.stages if stage.id != run.stage_id)
        actual = replace(actual, stages=kept)
    return differences.between(shown, actual)
