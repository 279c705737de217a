"""What a portal holds of the matrix's board, as what it ought to hold is written down."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.server import Sandbox
from tests import portal

BOARD = "group-10"
BACKLOG, CROWDED, REVIEW, READY, DONE = 1, 2, 3, 4, 5
NEW = 0  # the number of a stage that was not there at first
TASKS = 12  # in the crowded stage; ten are moved at a time

Row = tuple[int, str, str]  # number, title, colour


@dataclass(frozen=True, slots=True)
class Held:
    """The stages in their order, and the stages of the tasks that are in a crowded one at first."""

    stages: tuple[Row, ...]
    tasks: tuple[int, ...]

    @property
    def order(self) -> list[int]:
        return [number for number, _, _ in self.stages]


def prepare(sandbox: Sandbox) -> None:
    """Leave twelve tasks in the crowded stage, all of them visible, and none in the last one."""
    sandbox.reset()
    for task in sandbox.portal.tasks.values():
        task.hidden_from = frozenset()
        if task.stage_id == DONE or (task.stage_id == CROWDED and task.id > TASKS):
            task.stage_id = REVIEW


def held(sandbox: Sandbox) -> Held:
    with sandbox.portal.lock:
        return Held(
            tuple(
                (number if number <= DONE else NEW, title, color)
                for number, title, color in portal.as_stored(sandbox, BOARD)
            ),
            tuple(sandbox.portal.tasks[number].stage_id for number in range(1, TASKS + 1)),
        )
