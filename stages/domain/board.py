"""A board: the ordered stages of one group's Kanban or of the connected person's My Planner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Self

from stages.domain.stage import Stage

LARGEST_ID = 2**31 - 1  # what the portal's columns for ids hold

# A board in an address; that a group's number is none too large, parse says.
REF = r"my-planner|group-[1-9][0-9]{0,9}"


class BoardKind(StrEnum):
    GROUP = "group"
    MY_PLANNER = "my_planner"


@dataclass(frozen=True, slots=True)
class BoardRef:
    """Which board: `entity_id` is the group's id, 0 for My Planner, as on the portal."""

    entity_id: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the board named `group-<ID>` or `my-planner`; ValueError for anything else."""
        if re.fullmatch(REF, text):
            entity_id = int(text.partition("group-")[2] or 0)
            if entity_id <= LARGEST_ID:
                return cls(entity_id)
        raise ValueError(f"{text[:40]!r} names no board")

    @property
    def kind(self) -> BoardKind:
        return BoardKind.GROUP if self.entity_id else BoardKind.MY_PLANNER

    def __str__(self) -> str:
        return f"group-{self.entity_id}" if self.entity_id else "my-planner"


MY_PLANNER = BoardRef(0)


@dataclass(frozen=True)
class Board:
    """The stages of a board, in the portal's order."""

    ref: BoardRef
    stages: tuple[Stage, ...]

    @cached_property
    def order(self) -> tuple[int, ...]:
        return tuple(stage.id for stage in self.stages)

    @property
    def first(self) -> Stage | None:
        return self.stages[0] if self.stages else None

    def __contains__(self, stage_id: object) -> bool:
        return stage_id in self.order

    def __getitem__(self, stage_id: int) -> Stage:
        """Return the stage with that id; KeyError where the board has none."""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise KeyError(stage_id)

    def anchor_of(self, stage_id: int) -> int:
        """Return the id of the stage before this one, 0 for the first: its `AFTER_ID` in place."""
        position = self.order.index(stage_id)
        return self.order[position - 1] if position else 0
