"""Undoing a change with one's own rights, as far as that still makes sense.

An undo is an edit like any other: planned on a board just read, sent, read back and noted down as
the change that undoes another. Undoing that one does the first again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Unpack

from stages.bitrix24.methods import tasks
from stages.domain import restoring
from stages.domain import undo as undos
from stages.domain.board import Board, BoardRef
from stages.domain.details import BoardDetails
from stages.domain.edits import Edit
from stages.domain.stage import Stage
from stages.domain.task_moves import Removal, Return
from stages.domain.undo import Hindrance, Past
from stages.models import Change
from stages.services import boards, refusals, stage_removal, writing
from stages.services.changes import past, readable, returns, stacks, undoable
from stages.services.connections import Connection
from stages.services.history.recording import Note
from stages.services.outcome import Outcome
from stages.services.stage_deletion import Removed
from stages.services.task_moves import Progress
from stages.services.writing import Draft, Manner


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that is taken back, by its name.

    `run`, if there is one, brings the tasks of its stage back. `redone`: what was taken back was an
    undo, so that the edit is done again.
    """

    ref: BoardRef
    outcome: Outcome
    name: str
    run: Return | None = None
    redone: bool = False

    @property
    def sentence(self) -> str:
        if self.run and not self.outcome.wanted:
            return "The stage is back already; its tasks follow."
        return f"{'Redo' if self.redone else 'Undo'}: {self.outcome.sentence}"


def undo(
    *,
    connection: Connection,
    change_id: int,
    run: Removal | None = None,
    **manner: Unpack[Manner],
) -> Undone | Removed | Progress:
    """Undo a change; refuse, in words, what cannot be undone or is not to be seen.

    Where a stage comes back whose tasks had been moved, they follow in portions: `Undone.run`, for
    `task_returns.bring_back`. Where a stage with tasks is deleted again, Progress asks to be
    called once more with its `run`, until the stage is Removed. Asked for again while tasks still
    wait to follow, it changes nothing else and has the run for them.
    """
    change, ref, way = _way(connection, change_id, as_admin=manner.get("as_admin", False))
    if isinstance(way, _Rest):
        writing.require_version(way.details.board, manner.get("if_match"))
        came, made = way.run.stage_id, way.undo.pk
        outcome = Outcome(way.details.board, (), way.details, added=came, change_id=made)
        return Undone(ref, outcome, stacks.name(change), way.run)
    if isinstance(way, Removal):
        left = returns.left_behind(connection, ref, change, way)
        manner["note"] = Note(undoes=change.pk, moved_tasks=left, moved_to=way.target_id)
        return stage_removal.remove(connection=connection, ref=ref, run=run or way, **manner)
    manner["note"] = Note(undoes=change.pk, restores=_restores(change))
    outcome = writing.write(connection, ref, way, **manner)
    run_back = _return(change, outcome)
    return Undone(ref, outcome, stacks.name(change), run_back, redone=change.is_undo)


def target(
    *, connection: Connection, change_id: int, as_admin: bool
) -> tuple[BoardRef, int | None]:
    """Return the board and the stage, by its number, that an undo is of; refuse what is no edit."""
    change, ref = readable.to_undo(connection, change_id, as_admin=as_admin)
    if ref is None:
        raise refusals.not_undoable(undoable.NO_EDIT)
    return ref, change.stage.stage_id if change.stage else None


@dataclass(frozen=True, slots=True)
class Preview:
    """How a change would be undone: by a draft, or by deleting a stage with its tasks again.

    `tasks` are those that would follow a stage that comes back, from the stage `tasks_from`.
    """

    ref: BoardRef
    way: Draft | Removal
    tasks: tuple[int, ...] = ()
    tasks_from: int = 0


def preview(*, connection: Connection, change_id: int, as_admin: bool = False) -> Preview:
    """Return how a change would be undone; refuse what never can be, or is not to be seen."""
    change, ref, way = _way(connection, change_id, as_admin=as_admin)
    if isinstance(way, _Rest):
        return Preview(ref, lambda _board: (), way.run.waiting, way.run.from_id)
    moved = change.moved_tasks
    if isinstance(way, Removal) or not moved:
        return Preview(ref, way)
    known = past.numbers(connection.portal, [change.board])
    return Preview(ref, way, tuple(moved["ids"]), known.get(moved["to"], 0))


def _way(
    connection: Connection, change_id: int, *, as_admin: bool
) -> tuple[Change, BoardRef, _Draft | Removal | _Rest]:
    change, ref = readable.to_undo(connection, change_id, as_admin=as_admin)
    undone = undoable.undoings(connection.portal, [change.board], since=change.pk)
    if ref is None:
        raise refusals.not_undoable(undoable.NO_EDIT)
    if refused := undoable.whatever_the_board(change, undone):
        rest = _rest(connection, undoable.undoing(change, undone), ref, as_admin=as_admin)
        if rest is None:
            readable.change(connection, change_id, as_admin=as_admin)  # the reason names people
            raise refusals.not_undoable(refused)
        return change, ref, rest
    return change, ref, _removal(change) or _Draft(connection, change)


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is left of an undo that was made before: tasks that are to follow their stage."""

    undo: Change
    details: BoardDetails
    run: Return


def _rest(
    connection: Connection, undo: Change | None, ref: BoardRef, *, as_admin: bool
) -> _Rest | None:
    moved = undo.undoes.moved_tasks if undo and undo.undoes else None
    if undo is None or not moved:
        return None
    details = boards.fetch(connection=connection, ref=ref, as_admin=as_admin)
    known = past.numbers(connection.portal, [undo.board])
    run = returns.pending(undo, moved, known, details.board)
    return _Rest(undo, details, returns.still_there(connection, ref, run)) if run else None


@dataclass(slots=True)
class _Draft:
    """Plans the undo on the board as read; once more where the first attempt stopped halfway."""

    connection: Connection
    change: Change
    first: tuple[Board, Past] | None = None

    def __call__(self, now: Board) -> tuple[Edit, ...]:
        if self.first:
            board, done = self.first
            before = restoring.recognised(done.before, board, now)
            rest = undos.wanted(Past(done.edits, before, done.after), now, again=True)
        else:
            done, rest = self._wanted(now)
            self.first = now, done
        if isinstance(rest, Hindrance):
            raise refusals.not_undoable(undoable.words(rest))
        return restoring.steps(now, rest, rather=done.moved)

    def _wanted(self, now: Board) -> tuple[Past, Board | Hindrance]:
        # Nobody else writes to the board now: who was first is in the history by now, and the
        # stages have the numbers that they keep until this is done.
        rival = Change.objects.filter(undoes=self.change).first()
        if rival:
            raise refusals.not_undoable(f"Already undone by {rival.actor}.")
        portal, board = self.connection.portal, self.change.board
        later = list(past.moves_since(portal, [board], self.change.pk))
        known = past.numbers(portal, [board])
        done = past.load(self.change, now.ref, known)
        if now.first and now.first.id in {stage.id for stage in done.added}:
            self._require_empty(now, now.first)
        moved = past.moved_since(self.change, later, known)
        return done, undos.wanted(done, now, moved_since=moved)

    def _require_empty(self, now: Board, first: Stage) -> None:
        """Refuse to delete the first stage with tasks in it, while nothing has been done yet.

        Before it can go another stage becomes the first, and the portal leaves the tasks behind.
        """
        count = tasks.count(entity_id=now.ref.entity_id, stage_id=first.id, is_first=True)
        if self.connection.client.batch([count])[count]:
            raise refusals.not_undoable(
                f"“{first.name}” is the first stage and holds tasks: "
                "put another one at the start, then delete it."
            )


def _restores(change: Change) -> tuple[tuple[int, str, str], ...]:
    """Return the stages that a change deleted, as they are added again."""
    by_key = past.load(change, past.NOWHERE, past.keys(change.before, change.after))
    return tuple((stage.id, stage.name, stage.color.digits) for stage in by_key.removed)


def _removal(change: Change) -> Removal | None:
    """Return the deletion that a change took back, where its stage held tasks."""
    deletion = change.undoes
    if deletion is None or not deletion.moved_tasks or change.stage is None:
        return None
    known = past.numbers(change.portal, [change.board])
    return Removal(change.stage.stage_id, known.get(deletion.moved_tasks["to"]))


def _return(change: Change, outcome: Outcome) -> Return | None:
    moved = change.moved_tasks
    if not moved or outcome.added is None:
        return None
    source = past.numbers(change.portal, [change.board]).get(moved["to"])
    if source is None:
        return None
    ids = tuple(moved["ids"])
    return Return(outcome.added, source, ids, total=len(ids), restored=True)
