"""Deleting a stage: its tasks move to another one in portions, then it goes.

Nobody waits long for a portion, and what one has done, the next one is told: no job runs on behind
the back of whoever asked. Undone, the stage comes back as a new one, and its tasks follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Unpack

from stages.bitrix24 import errors
from stages.bitrix24.answers import Answers
from stages.bitrix24.command import Command
from stages.bitrix24.methods import task_stages, tasks
from stages.bitrix24.page import Page
from stages.domain import differences, edits, removal
from stages.domain import task_moves as moves
from stages.domain.board import BoardKind, BoardRef
from stages.domain.edits import RemoveStage
from stages.domain.task import Task
from stages.domain.task_moves import Removal, Return
from stages.services import (
    board_locks,
    reading,
    refusals,
    removal_words,
    sentences,
    stage_edits,
    task_moves,
    words,
)
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.reading import Reading
from stages.services.refusals import Refusal
from stages.services.removal_words import Stopped
from stages.services.task_moves import Halt, Progress, Route
from stages.services.writing import Manner


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


def remove(
    *, connection: Connection, ref: BoardRef, run: Removal, **manner: Unpack[Manner]
) -> Removed | Progress:
    """Move at most 50 tasks out of a stage and, once it is empty, delete it.

    A run takes a list page for each 50 tasks, a request for each ten, then two: delete and confirm.
    Stopped tells where things stand when tasks have moved and something came in between.
    """
    with board_locks.held(f"{connection.portal.pk}/{connection.board_key(ref)}"):
        try:
            done = _portion(connection, ref, run, as_admin=manner.get("as_admin", False))
        except Stopped:
            raise
        except Refusal as refusal:
            if not run.moved:
                raise
            raise removal_words.halfway(refusal, run) from refusal
    shown = manner.get("shown")
    if isinstance(done, Progress) or shown is None:
        return done
    edit = RemoveStage(run.stage_id)
    expected = shown if edits.missing(edit, shown) else edits.apply(edit, shown)
    foreign = differences.between(expected, done.outcome.details.board)
    return replace(done, outcome=replace(done.outcome, foreign=foreign))


def restore(
    *,
    connection: Connection,
    ref: BoardRef,
    title: str,
    color: str,
    after_id: int,
    from_id: int | None,
    task_ids: Sequence[int],
    **manner: Unpack[Manner],
) -> tuple[Outcome, Return | None]:
    """Add a deleted stage again; the run, if there is one, brings its tasks back.

    That is left to further requests: were it done here and failed, trying the whole again would add
    the stage twice.
    """
    outcome = stage_edits.add(
        connection=connection, ref=ref, title=title, color=color, after_id=after_id, **manner
    )
    if outcome.added is None or from_id is None or not task_ids:
        return outcome, None
    ids = tuple(task_ids)
    return outcome, Return(outcome.added, from_id, ids, total=len(ids), restored=True)


def _portion(
    connection: Connection, ref: BoardRef, run: Removal, *, as_admin: bool
) -> Removed | Progress:
    listed = tasks.in_stage(entity_id=ref.entity_id, stage_id=run.stage_id)
    may_move = task_stages.can_move_task(entity_id=ref.entity_id)
    on_group = ref.kind is BoardKind.GROUP
    with words.in_words(fate="Nothing was changed."):
        read = reading.begin(
            connection, ref, as_admin=as_admin, beside=[listed, may_move] if on_group else [listed]
        )
        answers = read.answers
        try:
            _check(read, run)
            page = answers[listed]
            barred = on_group and answers.ran(may_move) and not answers[may_move]
            _check_tasks(read, run, page, barred=barred)
        except Refusal as refusal:
            refusal.board = reading.complete(connection, read)
            raise
    held = len(page.items) if page.total is None else page.total
    run = replace(run, total=max(run.total, len(run.moved) + held))
    if not page.items:
        return _delete(connection, read, run)
    waiting = [task for task in page.items if task.id not in run.moved]
    portion = task_moves.move(connection, _route(read, run), waiting)
    halt = portion.halt or _unmoved(page, run)
    run = replace(run, moved=moves.remembered(run.moved, portion.moved))
    if halt:
        raise _stopped(connection, read, run, halt)
    if page.next is not None or portion.out_of_time:
        return Progress(run, read.board)
    return _delete(connection, read, run)


def _check(read: Reading, run: Removal) -> None:
    """Refuse what cannot be done, before anything is done."""
    if read.barrier:
        raise words.may_not_edit(read.barrier)
    if run.stage_id not in read.board:
        raise refusals.stage_not_found()
    obstacle = removal.obstacle(read.board, run.stage_id, task_count=None)
    if obstacle:
        raise words.may_not_remove(obstacle)
    if run.target_id == run.stage_id:
        raise refusals.invalid("The tasks cannot go to the stage that is to be deleted.")
    if run.target_id is not None and run.target_id not in read.board:
        raise refusals.invalid("This board has no such stage for the tasks to go to.")


def _check_tasks(read: Reading, run: Removal, page: Page[Task], *, barred: bool) -> None:
    if page.items and run.target_id is None:
        raise refusals.holds_tasks(read.board[run.stage_id].name)
    if page.items and barred:
        raise refusals.may_not_move_tasks()


def check(read: Reading, run: Removal, page: Page[Task], *, barred: bool) -> None:
    """Refuse a deletion that cannot be done; `page` are the first tasks of the stage.

    `barred`: the person may not move them.
    """
    _check(read, run)
    _check_tasks(read, run, page, barred=barred)


def _route(read: Reading, run: Removal) -> Route:
    return Route(read.board.ref.entity_id, run.stage_id, run.target_id or 0)


def _unmoved(page: Page[Task], run: Removal) -> Halt | None:
    """Return a task that is listed although an earlier portion has moved it.

    My Planner says `true` of moves that did not happen, and such a run would never end.
    """
    stayed = (task for task in page.items if task.id in run.moved)
    return next((Halt(errors.MoveDenied(), task) for task in stayed), None)


def _delete(connection: Connection, read: Reading, run: Removal) -> Removed | Progress:
    """Delete a stage that ought to be empty, looking in the same request what is in it."""
    route, repeated = _route(read, run), False
    while True:
        left = tasks.in_stage(entity_id=route.entity_id, stage_id=run.stage_id)
        arrived = task_moves.list_some(route, route.target, run.moved)
        delete = task_stages.delete(stage_id=run.stage_id, as_admin=read.as_admin)
        answers = connection.client.batch([left, *arrived, delete])
        error, sent = answers.error(delete), run.moved
        run = replace(run, moved=_known(arrived, answers, run))
        if isinstance(error, errors.NotEmpty):
            listed = answers[left].items if answers.ran(left) else ()
            return _not_empty(connection, read, run, listed, sent)
        outcome = _confirmed(connection, read, run, error)
        if outcome is not None:
            return Removed(outcome, run)
        if error is None:
            error = errors.UnexpectedAnswer(description="the deleted stage is still there")
        if repeated or not isinstance(error, task_moves.PASSING):
            raise _stopped(connection, read, run, Halt(error))
        repeated = True


def _not_empty(
    connection: Connection,
    read: Reading,
    run: Removal,
    listed: Sequence[Task],
    sent: Sequence[int],
) -> Progress:
    """Go on with tasks that came in meanwhile; stop where none can be seen, or one will not go."""
    if listed and run.target_id is None:
        refusal = refusals.holds_tasks(read.board[run.stage_id].name)
        refusal.board = reading.complete(connection, read)
        raise refusal
    stayed = next((task for task in listed if task.id in sent), None)
    if stayed:
        raise _stopped(connection, read, run, Halt(errors.MoveDenied(), stayed))
    if not listed:
        raise _stopped(connection, read, run, Halt(errors.NotEmpty()))
    return Progress(replace(run, total=max(run.total, len(run.moved) + len(listed))), read.board)


def _known(arrived: list[Command[Any]], answers: Answers, run: Removal) -> tuple[int, ...]:
    """Return the tasks found where they were to go; what the moves answered if nobody tells."""
    try:
        return tuple(task_moves.found(arrived, answers, run.moved))
    except errors.Bitrix24Error:
        return run.moved


def _confirmed(
    connection: Connection, read: Reading, run: Removal, error: errors.Bitrix24Error | None
) -> Outcome | None:
    """Read the board back; return None where the stage is still on it."""
    edit = RemoveStage(run.stage_id)
    try:
        details = reading.again(connection, read, edits.apply(edit, read.board))
    except errors.Bitrix24Error as unread:
        refusal = words.unconfirmed(unread, error)
        raise removal_words.unread(refusal, run, read.board) from unread
    if run.stage_id in details.board:
        return None
    return Outcome(read.board, (edit,), details)


def _stopped(connection: Connection, read: Reading, run: Removal, halt: Halt) -> Refusal:
    """Return the refusal that tells where things stand, as the portal has it now."""
    refusal, certain = removal_words.cause(halt), False
    if not halt.unknown:
        # Where the portal fails on, what it has answered so far is what is known.
        with suppress(errors.Bitrix24Error):
            if run.moved:
                found = task_moves.whereabouts(connection, _route(read, run), run.moved)
                run = replace(run, moved=found.arrived)
            certain = True
            refusal.board = reading.again(connection, read, read.board)
    if run.total:
        return removal_words.halted(halt, refusal, run, read.board, certain=certain)
    board, refusal = refusal.board, words.explain_edit(halt.error, done=0, of=1)
    refusal.board = board
    return refusal
