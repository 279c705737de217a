"""A task, as far as moving it between stages goes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """`stage_id` is the group's stage, 0 for a task never moved, which shows in the first one."""

    id: int
    title: str
    stage_id: int
    completed: bool
