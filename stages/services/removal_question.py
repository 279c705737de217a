"""What somebody ought to know before they delete a stage."""

from __future__ import annotations

from dataclasses import dataclass

from stages.bitrix24.answers import Answers
from stages.bitrix24.command import Command
from stages.bitrix24.methods import task_stages, tasks
from stages.bitrix24.ratelimit import STANDARD
from stages.domain import removal, task_moves
from stages.domain.board import BoardKind, BoardRef
from stages.domain.details import BoardDetails
from stages.domain.stage import Stage
from stages.services import boards, reading, words
from stages.services.connections import Connection
from stages.services.refusals import Refusal

_WORTH_TELLING = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Question:
    """A stage on its board: how many tasks it holds, as far as they are seen and were counted."""

    details: BoardDetails
    stage: Stage
    open: int | None = None
    completed: int | None = None
    may_move: bool = True

    @property
    def obstacle(self) -> Refusal | None:
        """What keeps the stage from being deleted, wherever its tasks may go."""
        found = removal.obstacle(self.details.board, self.stage.id, task_count=None)
        return words.may_not_remove(found) if found else None

    @property
    def tasks(self) -> int | None:
        return None if self.open is None or self.completed is None else self.open + self.completed

    @property
    def targets(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.details.board.stages if stage != self.stage)

    @property
    def proposed(self) -> int:
        """The stage before, which is where work that is not done goes back to."""
        return self.details.board.anchor_of(self.stage.id)

    @property
    def takes(self) -> str:
        """Return how long moving the tasks takes at the portal's pace, "" where that is short."""
        seconds = task_moves.requests(self.tasks or 0) / STANDARD.per_second
        if seconds <= _WORTH_TELLING:
            return ""
        if seconds < 90:
            return f"about {round(seconds / 10) * 10} seconds"
        return f"about {round(seconds / 60)} minutes"


@words.in_words()
def ask(
    *, connection: Connection, ref: BoardRef, stage_id: int, as_admin: bool = False
) -> Question:
    """Read what the dialog says: one request, or two to name who may edit the board."""
    counts = [
        tasks.count(entity_id=ref.entity_id, stage_id=stage_id, completed=completed)
        for completed in (False, True)
    ]
    may_move = task_stages.can_move_task(entity_id=ref.entity_id)
    asked: list[Command[int | None] | Command[bool]] = [*counts]
    if ref.kind is BoardKind.GROUP:
        asked.append(may_move)
    read = reading.begin(connection, ref, as_admin=as_admin, beside=asked)
    answers = read.answers
    details = BoardDetails(read.board, read.title, read.closed, as_admin=read.as_admin)
    if read.barrier or stage_id not in read.board:
        details = reading.complete(connection, read)
    return Question(
        details,
        boards.find_stage(details=details, stage_id=stage_id).stage,
        open=_counted(counts[0], answers),
        completed=_counted(counts[1], answers),
        may_move=answers[may_move] if answers.ran(may_move) else True,
    )


def _counted(count: Command[int | None], answers: Answers) -> int | None:
    return answers[count] if answers.ran(count) else None
