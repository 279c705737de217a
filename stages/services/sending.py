"""Edits as commands of the portal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stages.bitrix24 import errors
from stages.bitrix24.command import Command
from stages.bitrix24.methods import task_stages
from stages.domain import edits
from stages.domain.board import Board
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.services.connections import Connection
from stages.services.reading import Reading


@dataclass(frozen=True, slots=True)
class Sent:
    """How sending went: the first error, its edit, and the board to expect of those that ran.

    `may_have_run`: some of them have run, or may have.
    """

    failure: errors.Bitrix24Error | None
    failed: Edit | None
    expected: Board
    may_have_run: bool

    @property
    def untitled(self) -> int | None:
        """The stage that was refused for having no title, though the edit leaves the title alone.

        The portal stores none for some default stages and shows a name all the same.
        """
        if isinstance(self.failure, errors.EmptyTitle) and isinstance(
            self.failed, MoveStage | RecolorStage
        ):
            return self.failed.stage_id
        return None


def send(
    connection: Connection,
    read: Reading,
    wanted: Sequence[Edit],
    *,
    untitled: frozenset[int] = frozenset(),
) -> Sent:
    """Send edits planned on a board just read, as one batch that stops at the first error.

    The stages in `untitled` are sent with the title people see.
    """
    sent = commands(read, wanted, untitled=untitled)
    answers = connection.client.batch(sent, halt=True)
    expected, failed = read.board, None
    for edit, command in zip(wanted, sent, strict=True):
        if answers.ran(command):
            expected = edits.apply(edit, expected, new_id=answers[command])
        else:
            failed = failed or edit
    failure = answers.first_error
    some = failed is not None and failed is not wanted[0]
    may_have_run = some or failure is None or not failure.did_not_run
    return Sent(failure, failed, expected, may_have_run)


def commands(
    read: Reading, wanted: Sequence[Edit], *, untitled: frozenset[int] = frozenset()
) -> list[Command[Any]]:
    """Return the commands for edits planned on a board just read, without sending any.

    Each is made for the board that the ones before it leave.
    """
    made = []
    planned = read.board
    for edit in wanted:
        made.append(_command(edit, planned, untitled=untitled, as_admin=read.as_admin))
        planned = edits.apply(edit, planned)
    return made


def _command(edit: Edit, board: Board, *, untitled: frozenset[int], as_admin: bool) -> Command[Any]:
    match edit:
        case AddStage(title, color, after_id):
            return task_stages.add(
                entity_id=board.ref.entity_id,
                title=title,
                color=color,
                after_id=after_id,
                as_admin=as_admin,
            )
        case RemoveStage(stage_id):
            return task_stages.delete(stage_id=stage_id, as_admin=as_admin)
        case MoveStage(stage_id, after_id):
            return task_stages.update(
                stage_id=stage_id,
                after_id=after_id,
                title=board[stage_id].name if stage_id in untitled else None,
                as_admin=as_admin,
            )
        case RenameStage(stage_id, new_title):
            return task_stages.update(
                stage_id=stage_id,
                title=new_title,
                after_id=_keeping_place(board, stage_id),
                as_admin=as_admin,
            )
        case RecolorStage(stage_id, color):
            return task_stages.update(
                stage_id=stage_id,
                color=color,
                title=board[stage_id].name if stage_id in untitled else None,
                after_id=_keeping_place(board, stage_id),
                as_admin=as_admin,
            )


def _keeping_place(board: Board, stage_id: int) -> int | None:
    """Return the AFTER_ID that leaves a stage where it is on both kinds of portal.

    Some portals keep the place where AFTER_ID is absent, others take that for 0, the start. So the
    first stage sends none, and every other the stage before it (docs/portal.md).
    """
    return board.anchor_of(stage_id) or None
