"""Whether an answer was true, and whether anything was lost or doubled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.server import Sandbox
from stages.models import Change, Portal
from tests.matrix.edits import Edit
from tests.matrix.held import CROWDED, READY, Held
from tests.matrix.page import Answer

_UNKNOWN = ("not known whether", "when the portal last answered")
_NOW_IN = re.compile(r"(\d+) of \d+ tasks are in")
_HAD_MOVED = re.compile(r"(\d+) of \d+ tasks had moved")


@dataclass(frozen=True, slots=True)
class Course:
    """How an edit went: what the portal held at first, when the answer came, and in the end."""

    edit: Edit
    before: Held
    answered: Held
    answer: Answer
    after: Held

    @property
    def made(self) -> Held:
        return self.edit.make(self.before)


def complaints(course: Course) -> Iterator[str]:
    """Yield what is wrong with the answer, in a line each."""
    answer, said = course.answer, f"{course.answer.status} “{course.answer.words}”"
    if answer.status >= 500 and not answer.words:
        yield f"failed without a word: {said}"
    true = [course.answered.stages]
    if any(one in answer.words for one in _UNKNOWN):
        true.append(course.before.stages)  # the edit may have come between the read and the answer
    if answer.stages is not None and answer.stages not in true:
        yield f"{said} shows {answer.stages}, the portal has {course.answered.stages}"
    yield from (f"{said}, but {what}" for what in _untrue(course))


def of_portal(sandbox: Sandbox) -> Iterator[str]:
    """Yield what the portal was made to do more than once."""
    executed = Counter((write.method, repr(write.params)) for write in sandbox.writes if write.ok)
    yield from (
        f"executed {times} times: {write}" for write, times in executed.items() if times > 1
    )


def _untrue(course: Course) -> Iterator[str]:
    words = course.answer.words
    if course.answer.done or "The portal took the edit" in words:
        if course.after != course.made:
            yield f"the portal holds {course.after}"
    elif "Nothing was changed" in words or "No task has moved" in words:
        if course.after != course.before:
            yield f"the portal holds {course.after}"
    elif (
        "is still there" in words
        or "edits were made" in words
        or any(one in words for one in _UNKNOWN)
    ):
        if "is still there" in words and CROWDED not in course.after.order:
            yield "the stage is gone"
    else:
        yield "that does not say what became of the edit"
    moved = course.answered.tasks.count(READY)
    if (now := _NOW_IN.search(words)) and int(now[1]) != moved:
        yield f"{moved} tasks are there"
    if (had := _HAD_MOVED.search(words)) and int(had[1]) > moved:
        yield f"only {moved} tasks are there"


def of_history(edit: Edit, before: Held, after: Held, portal: Portal) -> Iterator[str]:
    """Yield what is wrong with the changes that were noted down."""
    noted = [change.action for change in Change.objects.filter(portal=portal)]
    changed = after.stages != before.stages
    possible = [[edit.action]] if changed else [[]]
    if changed and after != edit.make(before):
        possible.append([Change.Action.MOVE])  # one of an order's moves
    if noted not in possible:
        yield f"the history has {noted}, the board has {'' if changed else 'not '}changed"
