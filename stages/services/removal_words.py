"""Where moving tasks stands when it came to a halt, in words, and what can be done about it."""

from __future__ import annotations

from stages.bitrix24 import errors
from stages.domain.board import Board
from stages.domain.task_moves import MOST_REMEMBERED, Removal, Return
from stages.services import words
from stages.services.refusals import Refusal
from stages.services.task_moves import Halt

_ABOUT_THE_TASK = (
    errors.AccessDenied,
    errors.TaskNotFound,
    errors.DifferentStages,
    errors.UnknownRefusal,
)


class Stopped(Refusal):
    """Moving came to a halt: `run` goes on from there, `back` takes back what was done.

    Either is None where it leads nowhere.
    """

    def __init__(self, cause: Refusal, message: str, hint: str) -> None:
        super().__init__(cause.code, cause.status, message, hint, cause.retry_after)
        self.board = cause.board
        self.may_repeat, self.fate = cause.may_repeat, cause.fate
        self.run: Removal | Return | None = None
        self.back: Return | None = None


def cause(halt: Halt) -> Refusal:
    """Return the refusal for what stopped the moves, naming the task that would not go."""
    refusal = words.explain(halt.error)
    if isinstance(halt.error, errors.StageNotFound):
        refusal.message = "The stage that the tasks were going to is gone."
    elif halt.task is not None and isinstance(halt.error, _ABOUT_THE_TASK):
        refusal.message = f"“{halt.task.title}” could not be moved. {refusal.message}"
    return refusal


def halted(halt: Halt, refusal: Refusal, run: Removal, board: Board, *, certain: bool) -> Stopped:
    """Tell of a deletion that stopped while it moved tasks, or at its last step.

    `certain`: the portal has just been asked where the moved tasks are.
    """
    name, target = (board[one].name for one in (run.stage_id, run.target_id or run.stage_id))
    told, hint = [refusal.message], ""
    if isinstance(halt.error, errors.NotEmpty):
        told = [f"{name} still holds tasks that are hidden from you, so it cannot be deleted."]
        hint = "Somebody who sees those has to move them first. "
    told.append(_where(run, target, certain=certain))
    if halt.unknown:
        told.append(_unknown(halt.unknown))
    told.append(f"{name} is still there.")
    return _offering(refusal, " ".join(told), hint, run)


def halfway(refusal: Refusal, run: Removal) -> Stopped:
    """Tell of a deletion that was refused before another portion of it began."""
    board = refusal.board.board if refusal.board else None
    target = "their new stage"
    if board and run.target_id in board and run.target_id is not None:
        target = board[run.target_id].name
    return _offering(refusal, f"{refusal.message} {_where(run, target, certain=False)}", "", run)


def unread(refusal: Refusal, run: Removal, board: Board) -> Stopped:
    """Tell of a deletion after which the board could not be read."""
    told, hint = refusal.message, refusal.hint
    if run.moved and run.target_id is not None:
        told = f"{told} {_where(run, board[run.target_id].name, certain=False)}"
        still = f"{board[run.stage_id].name} is still there."
        hint = hint.replace("Nothing was changed.", still)
    stopped = Stopped(refusal, told, hint)
    stopped.run = run
    return stopped


def returning(refusal: Refusal, run: Return, name: str, *, unknown: int = 0) -> Stopped:
    """Tell of tasks whose way back stopped; `name` is the stage they were going to."""
    told = [refusal.message, back_in(run, name)]
    if unknown:
        told.append(_unknown(unknown))
    stopped = Stopped(refusal, " ".join(told), "Go on when that is settled.")
    stopped.run = run if refusal.code != "NOT_FOUND" else None
    return stopped


def back_in(run: Return, name: str) -> str:
    if run.back == run.total:
        return f"{_tasks(run.back)} {_are(run.back)} back in {name}."
    return f"{run.back} of {_tasks(run.total)} {_are(run.back)} back in {name}."


def now_in(count: int, name: str) -> str:
    they = "its task is" if count == 1 else f"its {_number(count)} tasks are"
    return f"{they} now in {name}"


def _offering(refusal: Refusal, message: str, hint: str, run: Removal) -> Stopped:
    if refusal.code == "NOT_FOUND":  # neither can be done without the stage
        return Stopped(refusal, message, hint)
    count = len(run.moved)
    them = f"move those {_number(count)} back" if count > 1 else "move that one back"
    hint += f"Go on, or {them}." if count else "Go on when that is settled."
    stopped = Stopped(refusal, message, hint)
    stopped.run = run
    if run.moved and run.target_id is not None:
        stopped.back = Return(run.stage_id, run.target_id, run.moved, total=count)
    return stopped


def _where(run: Removal, target: str, *, certain: bool) -> str:
    count = len(run.moved)
    some = f"{_number(count)} of {_tasks(run.total)}"
    if certain:
        return f"{some} {_are(count)} in {target} now." if count else "No task has moved."
    return f"{some} had moved to {target} when the portal last answered."


def _unknown(count: int) -> str:
    return f"Whether {count} more arrived is not known."


def _tasks(count: int) -> str:
    return f"{count} task" if count == 1 else f"{count} tasks"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _number(count: int) -> str:
    """Return a count of tasks of which only so many are remembered."""
    return f"{count} or more" if count >= MOST_REMEMBERED else str(count)
