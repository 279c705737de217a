"""Deleting a stage: its tasks move to another one in portions, then it goes.

Nobody waits long for a portion, and what one has done, the next one is told: no turn runs on behind
the back of whoever asked. Undone, the stage comes back as a new one, and its tasks follow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

from stages.bitrix24 import errors
from stages.bitrix24.methods import task_stages, tasks
from stages.bitrix24.page import Page
from stages.domain import removal
from stages.domain import task_moves as moves
from stages.domain.board import Board, BoardKind, BoardRef
from stages.domain.edits import RemoveStage
from stages.domain.task import Task
from stages.domain.task_moves import Removal
from stages.services import (
    reading,
    refusals,
    removal_words,
    stage_deletion,
    task_moves,
    turns,
    words,
    writing,
)
from stages.services.connections import Connection
from stages.services.history.recording import Note
from stages.services.reading import Reading
from stages.services.refusals import Refusal
from stages.services.removal_words import Stopped
from stages.services.stage_deletion import Removed
from stages.services.task_moves import Halt, Progress
from stages.services.turns import Turn
from stages.services.writing import Manner


def remove(
    *, connection: Connection, ref: BoardRef, run: Removal, **manner: Unpack[Manner]
) -> Removed | Progress:
    """Move at most 50 tasks out of a stage and, once it is empty, delete it.

    A run takes a list page for each 50 tasks, a request for each ten, then two: delete and confirm.
    Stopped tells where things stand when tasks have moved and something came in between.
    """
    note = manner.get("note") or Note()
    with turns.taken(connection, ref, as_admin=manner.get("as_admin", False)) as turn:
        try:
            # Between portions others have their turns: of two who name a version one wins.
            done = _portion(turn, run, note, manner)
        except Stopped:
            raise
        except Refusal as refusal:
            if not run.moved:
                raise
            raise removal_words.halfway(refusal, run) from refusal
    if isinstance(done, Progress):
        return done
    outcome = done.outcome.beside(manner.get("shown"), [RemoveStage(run.stage_id)])
    return replace(done, outcome=outcome)


def _portion(turn: Turn, run: Removal, note: Note, manner: Manner) -> Removed | Progress:
    entity_id, on_group = turn.ref.entity_id, turn.ref.kind is BoardKind.GROUP
    listed = tasks.in_stage(entity_id=entity_id, stage_id=run.stage_id)
    may_move = task_stages.can_move_task(entity_id=entity_id)
    read = turn.read(*([listed, may_move] if on_group else [listed]))
    with words.in_words(fate="Nothing was changed."):
        answers = read.answers
        try:
            writing.require_version(read.board, manner.get("if_match"))
            _check(read, run, manner.get("shown"))
            page = answers[listed]
            barred = on_group and answers.ran(may_move) and not answers[may_move]
            _check_tasks(read, run, page, barred=barred)
        except Refusal as refusal:
            refusal.board = reading.complete(turn.connection, read)
            raise
    run = _resumed(turn, run, page)
    held = len(page.items) if page.total is None else page.total
    run = replace(run, total=max(run.total, len(run.moved) + held))
    if not page.items:
        return stage_deletion.delete(turn, read, run, note)
    waiting = [task for task in page.items if task.id not in run.moved]
    route = stage_deletion.route(read, run)
    ids = moves.remembered(run.moved, [task.id for task in waiting])
    turn.lease.move({"stage": run.stage_id, "target": run.target_id, "ids": ids})
    portion = task_moves.move(turn.connection, route, waiting)
    halt = portion.halt or _unmoved(page, run)
    run = replace(run, moved=moves.remembered(run.moved, portion.moved))
    if halt:
        raise stage_deletion.stopped(turn, read, run, halt)
    if page.next is not None or portion.out_of_time:
        return Progress(run, read.board)
    return stage_deletion.delete(turn, read, run, note)


def _resumed(turn: Turn, run: Removal, page: Page[Task]) -> Removal:
    """Take over the tasks that an earlier run moved, which ended before anybody was told."""
    noted = turn.lease.moving
    if not noted or (noted["stage"], noted["target"]) != (run.stage_id, run.target_id):
        return run
    known = {*run.moved, *(task.id for task in page.items)}
    lost = [one for one in noted["ids"] if one not in known]
    if not lost:
        return run
    with words.in_words(fate="Nothing was changed."):
        arrived = task_moves.in_stage(turn.connection, turn.ref.entity_id, noted["target"], lost)
    return replace(run, moved=moves.remembered(arrived, run.moved))


def _check(read: Reading, run: Removal, shown: Board | None = None) -> None:
    """Refuse what cannot be done, before anything is done."""
    if read.barrier:
        raise words.may_not_edit(read.barrier)
    if run.stage_id not in read.board:
        if shown and run.stage_id in shown:
            raise refusals.deleted_already(shown[run.stage_id].name)
        raise refusals.stage_not_found(run.stage_id)
    obstacle = removal.obstacle(read.board, run.stage_id, task_count=None)
    if obstacle:
        raise words.may_not_remove(obstacle)
    if run.target_id == run.stage_id:
        message = "The tasks cannot go to the stage that is to be deleted."
        raise refusals.invalid(message, field="move_tasks_to")
    if run.target_id is not None and run.target_id not in read.board:
        message = "This board has no such stage for the tasks to go to."
        raise refusals.invalid(message, field="move_tasks_to")


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


def _unmoved(page: Page[Task], run: Removal) -> Halt | None:
    """Return a task that is listed although an earlier portion has moved it.

    My Planner says `true` of moves that did not happen, and such a run would never end.
    """
    stayed = (task for task in page.items if task.id in run.moved)
    return next((Halt(errors.MoveDenied(), task) for task in stayed), None)
