"""A board with what surrounds it: whose it is, who may edit it, how many tasks its stages hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stages.domain.access import Barrier, Editor
from stages.domain.board import Board
from stages.domain.stage import Stage


@dataclass(frozen=True, slots=True)
class StageDetails:
    """A stage in its place: `position` counts from 1; `task_count` is None where not known."""

    stage: Stage
    position: int
    task_count: int | None

    @property
    def is_first(self) -> bool:
        """New tasks land in the first stage."""
        return self.position == 1


@dataclass(frozen=True, slots=True)
class BoardDetails:
    """A board as read for one person; `barrier` is why they may not edit it, None if they may.

    `task_counts` maps the ids of stages to their tasks, as far as they could be counted; tasks the
    person may not see are missing from it. `editors` is empty where nobody had to be named.
    `counting_resumes_in` is in seconds where the portal has paused counting, else None.
    `as_admin`: read with the rights of an administrator of the portal, switched on by the person.
    """

    board: Board
    title: str
    closed: bool = False
    barrier: Barrier | None = None
    editors: tuple[Editor, ...] = ()
    task_counts: Mapping[int, int] | None = None
    as_admin: bool = False
    may_act_as_admin: bool = False
    counting_resumes_in: float | None = None

    @property
    def can_edit(self) -> bool:
        return self.barrier is None

    @property
    def stages(self) -> tuple[StageDetails, ...]:
        counts = self.task_counts or {}
        return tuple(
            StageDetails(stage, position, counts.get(stage.id))
            for position, stage in enumerate(self.board.stages, start=1)
        )

    @property
    def task_count(self) -> int | None:
        """The tasks of all stages, None where not all could be counted."""
        counts = [stage.task_count for stage in self.stages]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    def stage(self, stage_id: int) -> StageDetails:
        """Return the stage with that id; KeyError where the board has none."""
        for details in self.stages:
            if details.stage.id == stage_id:
                return details
        raise KeyError(stage_id)
