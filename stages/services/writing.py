"""The one way in which edits reach a portal: read, plan, send, read back, compare.

Every edit, whether dropped, typed, posted by a program or undone, takes this way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict, Unpack

from stages.bitrix24 import errors
from stages.bitrix24.command import Command
from stages.bitrix24.methods import task_stages
from stages.domain import differences, edits
from stages.domain.board import Board, BoardRef
from stages.domain.details import BoardDetails
from stages.domain.differences import Difference
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.services import board_locks, reading, refusals, sentences, words
from stages.services.connections import Connection
from stages.services.reading import Reading
from stages.services.refusals import Refusal

Plan = Callable[[Board], Sequence[Edit]]


class Manner(TypedDict, total=False):
    """How an edit is made: on the board as a page shows it, as administrator of the portal."""

    shown: Board | None
    as_admin: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit: the board planned on, what was sent, the board as it is now.

    `sent` is empty where the board already was as wanted; `added` is the id of the stage that was
    added; `foreign` is what else distinguishes the board from the one the person was shown.
    """

    before: Board
    sent: tuple[Edit, ...]
    details: BoardDetails
    added: int | None = None
    foreign: tuple[Difference, ...] = ()

    @property
    def sentence(self) -> str:
        return sentences.describe(self.sent, self.before, self.foreign)

    @property
    def undo(self) -> Edit | None:
        """The edit that takes a single edit back, None where there is nothing to take back."""
        if len(self.sent) != 1 or (isinstance(self.sent[0], AddStage) and self.added is None):
            return None
        return edits.inverse(self.sent[0], self.before, added=self.added)

    @property
    def name(self) -> str:
        return sentences.name(self.sent[0], self.before) if self.sent else ""


def write(connection: Connection, ref: BoardRef, plan: Plan, **manner: Unpack[Manner]) -> Outcome:
    """Plan edits on a board just read, send them in one request and return what came of them.

    Three requests when nothing fails: the read, the edits, the read that confirms them. A Refusal
    carries the board as it is afterwards, where that could be read.
    """
    owner = f"{connection.portal_url}/{ref}" if ref.entity_id else f"{connection.id}/{ref}"
    with board_locks.held(owner):
        outcome = _written(connection, ref, plan, as_admin=manner.get("as_admin", False))
    shown = manner.get("shown")
    return replace(outcome, foreign=_foreign(outcome, shown)) if shown else outcome


def _written(connection: Connection, ref: BoardRef, plan: Plan, *, as_admin: bool) -> Outcome:
    with words.in_words():
        read = reading.begin(connection, ref, as_admin=as_admin)
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


def _foreign(outcome: Outcome, shown: Board) -> tuple[Difference, ...]:
    """Return how the board differs from what the person was shown with the edit made on it."""
    expected = shown
    for edit in outcome.sent:
        if not edits.missing(edit, expected):
            expected = edits.apply(edit, expected, new_id=outcome.added)
    return differences.between(expected, outcome.details.board)


def _planned(read: Reading, plan: Plan) -> tuple[Edit, ...]:
    if read.barrier:
        raise words.may_not_edit(read.barrier)
    wanted = tuple(plan(read.board))
    if any(edits.missing(edit, read.board) for edit in wanted):
        raise refusals.stage_not_found()
    return tuple(edit for edit in wanted if not edits.changes_nothing(edit, read.board))


def _sent(connection: Connection, read: Reading, plan: Plan, wanted: tuple[Edit, ...]) -> Outcome:
    failure, expected = _send(connection, read, wanted, titled=False)
    details = _read_back(connection, read, expected, failure)
    if isinstance(failure, errors.EmptyTitle):
        # The portal stores no title for some default stages and refuses edits that leave such a
        # title alone; what is left to do is sent once more with the title people see.
        wanted = _planned(replace(read, board=details.board), plan)
        again = replace(read, board=details.board)
        failure, expected = _send(connection, again, wanted, titled=True)
        details = _read_back(connection, read, expected, failure)
    done = all(edits.shows(edit, read.board, details.board) for edit in wanted)
    # Where the answer was lost on the way, the edit need not be.
    if failure is None or (done and not failure.did_not_run):
        added = _added(wanted, read.board, expected, details.board)
        return Outcome(read.board, wanted, details, added)
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
    connection: Connection, read: Reading, wanted: Sequence[Edit], *, titled: bool
) -> tuple[errors.Bitrix24Error | None, Board]:
    """Send the edits, several of them as one batch that stops at the first error.

    Returns that error, and the board to expect on the portal.
    """
    commands = [
        _command(edit, read.board, titled=titled, as_admin=read.as_admin) for edit in wanted
    ]
    answers = connection.client.batch(commands, halt=True)
    expected = read.board
    for edit, command in zip(wanted, commands, strict=True):
        if answers.ran(command):
            expected = edits.apply(edit, expected, new_id=answers[command])
    return answers.first_error, expected


def _added(sent: Sequence[Edit], before: Board, expected: Board, actual: Board) -> int | None:
    """Return the id of the stage that was added: as answered, else as recognised on the board."""
    titles = [edit.title for edit in sent if isinstance(edit, AddStage)]
    new = set(expected.order) - set(before.order) or {
        stage.id for stage in actual.stages if stage.id not in before and stage.title in titles
    }
    return max(new) if titles and new else None


def _command(edit: Edit, board: Board, *, titled: bool, as_admin: bool) -> Command[Any]:
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
                title=board[stage_id].name if titled else None,
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
                title=board[stage_id].name if titled else None,
                after_id=_keeping_place(board, stage_id),
                as_admin=as_admin,
            )


def _keeping_place(board: Board, stage_id: int) -> int | None:
    """Return the AFTER_ID that leaves a stage where it is on both kinds of portal.

    Some portals keep the place where AFTER_ID is absent, others take that for 0, the start. So the
    first stage sends none, and every other the stage before it (docs/portal.md).
    """
    return board.anchor_of(stage_id) or None
