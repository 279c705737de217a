"""The last step of deleting a stage: it ought to be empty, and goes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from stages.bitrix24 import errors
from stages.bitrix24.answers import Answers
from stages.bitrix24.command import Command
from stages.bitrix24.methods import task_stages, tasks
from stages.domain import edits
from stages.domain import task_moves as moves
from stages.domain.details import BoardDetails
from stages.domain.edits import RemoveStage
from stages.domain.task import Task
from stages.domain.task_moves import Removal
from stages.services import (
    confirming,
    intents,
    reading,
    reconciling,
    refusals,
    removal_words,
    sentences,
    task_moves,
    words,
)
from stages.services.history import recording
from stages.services.history.recording import Note
from stages.services.intents import Intent
from stages.services.outcome import Outcome
from stages.services.reading import Reading
from stages.services.refusals import Refusal
from stages.services.task_moves import Halt, Progress, Route
from stages.services.turns import Turn


@dataclass(frozen=True, slots=True)
class Removed:
    """A stage that is gone; `run.moved` are its tasks as found in the stage they went to."""

    outcome: Outcome
    run: Removal

    @property
    def sentence(self) -> str:
        board, count = self.outcome.before, len(self.run.moved)
        if not count or self.run.target_id is None:
            return self.outcome.sentence
        there = removal_words.now_in(count, board[self.run.target_id].name)
        told = f"{board[self.run.stage_id].name} was deleted; {there}."
        foreign = self.outcome.foreign
        return f"{told} {sentences.meanwhile(foreign)}" if foreign else told


def route(read: Reading, run: Removal) -> Route:
    return Route(read.board.ref.entity_id, run.stage_id, run.target_id or 0)


def delete(turn: Turn, read: Reading, run: Removal, note: Note) -> Removed | Progress:
    """Delete a stage that ought to be empty, looking in the same request what is in it.

    Progress tells that tasks came in meanwhile; a Refusal where things stand otherwise.
    """
    repeated = False
    while True:
        left = tasks.in_stage(entity_id=turn.ref.entity_id, stage_id=run.stage_id)
        arrived = task_moves.list_some(turn.ref.entity_id, run.target_id or 0, run.moved)
        command = task_stages.delete(stage_id=run.stage_id, as_admin=read.as_admin)
        intent = _intent(turn, read, run, note)
        turn.lease.intend(intent.dump())
        answers = turn.connection.client.batch([left, *arrived, command])
        error, sent = answers.error(command), run.moved
        run = replace(run, moved=_known(arrived, answers, run))
        if isinstance(error, errors.NotEmpty):
            turn.lease.settle()
            listed = answers[left].items if answers.ran(left) else ()
            return _not_empty(turn, read, run, listed, sent)
        details = _read_back(turn, read, run, intent, error)
        if intent.is_done(details.board):
            intent = _intent(turn, read, run, note)
            change = intents.finish_as(
                turn.connection, turn.lease, intent, details.board, intent.wanted, None
            )
            turn.lease.move(None)
            outcome = Outcome(read.board, intent.wanted, details, change_id=change)
            return Removed(outcome, run)
        if error is None:
            error = errors.UnexpectedAnswer(description="the deleted stage is still there")
        if isinstance(error, errors.NoAnswerInTime):
            # It may still be deleted: the intent stays.
            refusal = words.explain_edit(error, done=0, of=1)
            refusal.board = details
            raise removal_words.unread(refusal, run, read.board) from None
        turn.lease.settle()
        if repeated or not isinstance(error, reconciling.PASSING):
            raise stopped(turn, read, run, Halt(error))
        repeated = True


def _intent(turn: Turn, read: Reading, run: Removal, note: Note) -> Intent:
    # An undo that is undone may have left tasks there, which are the stage's as well.
    there = note.moved_tasks if note.moved_to == run.target_id else ()
    moved = moves.remembered(there, run.moved)
    note = replace(note, moved_tasks=moved, moved_to=run.target_id)
    return Intent(
        before=read.board,
        title=read.title,
        wanted=(RemoveStage(run.stage_id),),
        as_admin=read.as_admin,
        note=note,
        made_by=recording.by(turn.connection),
    )


def _not_empty(
    turn: Turn, read: Reading, run: Removal, listed: Sequence[Task], sent: Sequence[int]
) -> Progress:
    """Go on with tasks that came in meanwhile; stop where none can be seen, or one will not go."""
    if listed and run.target_id is None:
        refusal = refusals.holds_tasks(read.board[run.stage_id].name)
        refusal.board = reading.complete(turn.connection, read)
        raise refusal
    stayed = next((task for task in listed if task.id in sent), None)
    if stayed:
        raise stopped(turn, read, run, Halt(errors.MoveDenied(), stayed))
    if not listed:
        raise stopped(turn, read, run, Halt(errors.NotEmpty()))
    return Progress(replace(run, total=max(run.total, len(run.moved) + len(listed))), read.board)


def _known(arrived: list[Command[Any]], answers: Answers, run: Removal) -> tuple[int, ...]:
    """Return the tasks found where they were to go; what the moves answered if nobody tells."""
    try:
        return tuple(task_moves.found(arrived, answers, run.moved))
    except errors.Bitrix24Error:
        return run.moved


def _read_back(
    turn: Turn, read: Reading, run: Removal, intent: Intent, error: errors.Bitrix24Error | None
) -> BoardDetails:
    expected = edits.apply(intent.wanted[0], read.board)
    may_be_done = error is None or not error.did_not_run
    try:
        return confirming.read_back(turn, read, intent, expected, error, may_be_done=may_be_done)
    except Refusal as refusal:
        raise removal_words.unread(refusal, run, read.board) from refusal


def stopped(turn: Turn, read: Reading, run: Removal, halt: Halt) -> Refusal:
    """Return the refusal that tells where things stand, as the portal has it now."""
    refusal, certain = removal_words.cause(halt), False
    if not halt.unknown:
        # Where the portal fails on, what it has answered so far is what is known.
        with suppress(errors.Bitrix24Error):
            if run.moved:
                found = task_moves.whereabouts(turn.connection, route(read, run), run.moved)
                run = replace(run, moved=found.arrived)
            certain = True
            refusal.board = reading.again(turn.connection, read, read.board)
    if run.total:
        return removal_words.halted(halt, refusal, run, read.board, certain=certain)
    board, refusal = refusal.board, words.explain_edit(halt.error, done=0, of=1)
    refusal.board = board
    return refusal
