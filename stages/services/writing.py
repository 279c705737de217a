"""The one way in which edits reach a portal: read, plan, send, read back, compare.

Every edit, whether dropped, typed, posted by a program or undone, takes this way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stages.bitrix24 import errors
from stages.bitrix24.command import Command
from stages.bitrix24.methods import task_stages
from stages.domain import edits
from stages.domain.board import Board, BoardRef
from stages.domain.details import BoardDetails
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.services import reading, refusals, sentences, words
from stages.services.connections import Connection
from stages.services.reading import Reading
from stages.services.refusals import Refusal

Plan = Callable[[Board], Sequence[Edit]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit: the board planned on, what was sent, the board as it is now.

    `sent` is empty where the board already was as wanted.
    """

    before: Board
    sent: tuple[Edit, ...]
    details: BoardDetails

    @property
    def sentence(self) -> str:
        return sentences.describe(self.sent, self.before)

    @property
    def added(self) -> int | None:
        """The id of the stage that was added, None where none was."""
        new = set(self.details.board.order) - set(self.before.order)
        asked = any(isinstance(edit, AddStage) for edit in self.sent)
        return max(new) if new and asked else None


def write(connection: Connection, ref: BoardRef, plan: Plan) -> Outcome:
    """Plan edits on a board just read, send them in one request and return what came of them.

    Three requests when nothing fails: the read, the edits, the read that confirms them. A Refusal
    carries the board as it is afterwards, where that could be read.
    """
    with words.in_words():
        read = reading.begin(connection, ref)
    try:
        wanted = _planned(read, plan)
    except Refusal as refusal:
        with words.in_words():
            refusal.board = reading.complete(connection, read)
        raise
    if not wanted:
        with words.in_words():
            return Outcome(read.board, (), reading.complete(connection, read))
    return _sent(connection, read, plan, wanted)


def _planned(read: Reading, plan: Plan) -> tuple[Edit, ...]:
    if read.barrier:
        raise words.may_not_edit(read.barrier)
    wanted = tuple(plan(read.board))
    if any(edits.missing(edit, read.board) for edit in wanted):
        raise refusals.stage_not_found()
    return tuple(edit for edit in wanted if not edits.changes_nothing(edit, read.board))


def _sent(connection: Connection, read: Reading, plan: Plan, wanted: tuple[Edit, ...]) -> Outcome:
    failure, expected = _send(connection, read.board, wanted, titled=False)
    details = _read_back(connection, read, expected, failure)
    if isinstance(failure, errors.EmptyTitle):
        # The portal stores no title for some default stages and refuses edits that leave such a
        # title alone; what is left to do is sent once more with the title people see.
        wanted = _planned(replace(read, board=details.board), plan)
        failure, expected = _send(connection, details.board, wanted, titled=True)
        details = _read_back(connection, read, expected, failure)
    if failure is None:
        return Outcome(read.board, wanted, details)
    done = all(edits.shows(edit, read.board, details.board) for edit in wanted)
    if done and not failure.did_not_run:
        # The answer was lost on the way, the edit was not.
        return Outcome(read.board, wanted, details)
    refusal = words.explain(failure)
    refusal.board = details
    raise refusal from failure


def _read_back(
    connection: Connection, read: Reading, expected: Board, failure: errors.Bitrix24Error | None
) -> BoardDetails:
    try:
        return reading.again(connection, read, expected)
    except errors.Bitrix24Error as error:
        raise words.explain(failure) if failure else words.unconfirmed(error) from error


def _send(
    connection: Connection, board: Board, wanted: Sequence[Edit], *, titled: bool
) -> tuple[errors.Bitrix24Error | None, Board]:
    """Send the edits, several of them as one batch that stops at the first error.

    Returns that error, and the board to expect on the portal.
    """
    commands = [_command(edit, board, titled=titled) for edit in wanted]
    answers = connection.client.batch(commands, halt=True)
    expected = board
    for edit, command in zip(wanted, commands, strict=True):
        if answers.ran(command):
            expected = edits.apply(edit, expected, new_id=answers[command])
    return answers.first_error, expected


def _command(edit: Edit, board: Board, *, titled: bool) -> Command[Any]:
    match edit:
        case AddStage(title, color, after_id):
            return task_stages.add(
                entity_id=board.ref.entity_id, title=title, color=color, after_id=after_id
            )
        case RemoveStage(stage_id):
            return task_stages.delete(stage_id=stage_id)
        case MoveStage(stage_id, after_id):
            return task_stages.update(
                stage_id=stage_id,
                after_id=after_id,
                title=board[stage_id].name if titled else None,
            )
        case RenameStage(stage_id, new_title):
            return task_stages.update(
                stage_id=stage_id, title=new_title, after_id=_keeping_place(board, stage_id)
            )
        case RecolorStage(stage_id, color):
            return task_stages.update(
                stage_id=stage_id,
                color=color,
                title=board[stage_id].name if titled else None,
                after_id=_keeping_place(board, stage_id),
            )


def _keeping_place(board: Board, stage_id: int) -> int | None:
    """Return the AFTER_ID that leaves a stage where it is on both kinds of portal.

    Some portals keep the place where AFTER_ID is absent, others take that for 0, the start. So the
    first stage sends none, and every other the stage before it (docs/portal.md).
    """
    return board.anchor_of(stage_id) or None
