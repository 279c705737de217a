"""Bringing a whole board back to what it was before or after a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from stages.domain import edits as board_edits
from stages.domain import restoring, version
from stages.domain.board import Board, BoardRef
from stages.domain.details import BoardDetails, StageDetails
from stages.domain.edits import Edit, RemoveStage
from stages.domain.stage import Stage
from stages.domain.task_moves import Removal
from stages.models import Change
from stages.services import boards, refusals, sentences, stage_removal, writing
from stages.services.changes import past, readable
from stages.services.connections import Connection
from stages.services.history.recording import Note
from stages.services.outcome import Outcome
from stages.services.refusals import Refusal
from stages.services.stage_deletion import Removed
from stages.services.task_moves import Progress
from stages.services.writing import Manner

Moment = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Preview:
    """What bringing a board back would do; `details` is the board as it is now."""

    change: Change
    moment: Moment
    details: BoardDetails
    wanted: Board

    @property
    def version(self) -> str:
        """Return what tells the board that is shown from any other."""
        return version.of(self.details.board)

    @property
    def edits(self) -> tuple[Edit, ...]:
        return restoring.steps(self.details.board, self.wanted)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return each edit in words, as it would be made after the ones before."""
        told, board = [], self.details.board
        for edit in self.edits:
            told.append(sentences.describe([edit], board))
            board = board_edits.apply(edit, board)
        return tuple(told)

    @property
    def holding(self) -> tuple[StageDetails, ...]:
        """Return the stages that have to go and hold tasks, which have to go somewhere first."""
        gone = restoring.going(self.details.board, self.wanted)
        return tuple(row for row in self.details.stages if row.stage.id in gone and row.task_count)

    @property
    def targets(self) -> tuple[Stage, ...]:
        """Return the stages that tasks can go to: those that stay."""
        return tuple(stage for stage in self.details.board.stages if stage.id in self.wanted)


def preview(
    *, connection: Connection, change_id: int, moment: Moment, as_admin: bool = False
) -> Preview:
    """Read the board, and tell what would bring it back; refuse what is not to be seen."""
    change, board = readable.change(connection, change_id, as_admin=as_admin)
    if board is None or not past.is_edit(change):
        raise refusals.not_undoable("This change left no picture of a board.")
    details = boards.fetch(connection=connection, ref=board.ref, as_admin=as_admin)
    return Preview(change, moment, details, _wanted(connection, change, moment, board.ref))


def restore(
    *,
    connection: Connection,
    change_id: int,
    moment: Moment,
    targets: Mapping[int, int],
    seen: str,
    run: Removal | None = None,
    as_admin: bool = False,
) -> BoardDetails | Progress:
    """Bring a board back: in one batch, then stage by stage what holds tasks and has to go.

    `targets` says for each of those where its tasks go; `seen` is the version of the board that the
    person was shown, and no other one is touched. Progress asks to be called once more, with its
    run and the version of its board; each deletion is noted down as a change of its own.
    """
    while True:
        found = preview(
            connection=connection, change_id=change_id, moment=moment, as_admin=as_admin
        )
        if found.version != seen:
            raise refusals.preview_outdated()
        missing = [row.stage.name for row in found.holding if row.stage.id not in targets]
        if missing:
            raise refusals.invalid(f"Choose where the tasks of {', '.join(missing)} go.")
        try:
            done = _step(connection, found, targets, run)
        except Refusal as refusal:
            if refusal.code != "BOARD_CHANGED":
                raise
            raise refusals.preview_outdated() from refusal
        if isinstance(done, Progress):
            return done
        details = done.outcome.details if isinstance(done, Removed) else done.details
        if isinstance(done, Outcome) and not (done.wanted and found.holding):
            return details
        seen, run = version.of(details.board), None


def _step(
    connection: Connection, found: Preview, targets: Mapping[int, int], run: Removal | None
) -> Outcome | Removed | Progress:
    ref, holding = found.details.board.ref, [row.stage.id for row in found.holding]
    manner = Manner(as_admin=found.details.as_admin, if_match=found.version)
    if holding and all(_removes(edit, holding) for edit in found.edits):
        stage_id = holding[0]
        going_on = run if run and run.stage_id == stage_id else Removal(stage_id, targets[stage_id])
        return stage_removal.remove(connection=connection, ref=ref, run=going_on, **manner)
    rows = _rows(found.change, found.moment)
    snapshot = past.board(rows, ref, past.keys(rows))
    looks = tuple((stage.id, stage.name, stage.color.digits) for stage in snapshot.stages)
    manner["note"] = Note(action=Change.Action.RESTORE, restores=looks)
    draft = _Draft(connection, found.change, found.moment, tuple(holding))
    return writing.write(connection, ref, draft, **manner)


@dataclass(slots=True)
class _Draft:
    """Plans on the board as read; once more where the first attempt stopped halfway."""

    connection: Connection
    change: Change
    moment: Moment
    holding: tuple[int, ...]
    first: Board | None = None
    wanted: Board | None = None

    def __call__(self, now: Board) -> tuple[Edit, ...]:
        if self.first is None or self.wanted is None:
            # Nobody else writes now, so the stages keep the numbers that the history has for them.
            self.first = now
            self.wanted = _wanted(self.connection, self.change, self.moment, now.ref)
        wanted = restoring.recognised(self.wanted, self.first, now)
        return tuple(
            edit for edit in restoring.steps(now, wanted) if not _removes(edit, self.holding)
        )


def _removes(edit: Edit, stage_ids: tuple[int, ...] | list[int]) -> bool:
    return isinstance(edit, RemoveStage) and edit.stage_id in stage_ids


def _rows(change: Change, moment: Moment) -> list[dict[str, Any]] | None:
    rows: list[dict[str, Any]] | None = change.before if moment == "before" else change.after
    return rows


def _wanted(connection: Connection, change: Change, moment: Moment, ref: BoardRef) -> Board:
    known = past.numbers(connection.portal, [change.board])
    wanted = past.board(_rows(change, moment), ref, known)
    if not wanted.stages:
        raise refusals.not_undoable("The board had no stages then.")
    return wanted
