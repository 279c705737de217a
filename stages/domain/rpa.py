"""RPA processes and their stages, as the read-only panel shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stages.domain.color import Color


class Semantic(StrEnum):
    SUCCESS = "SUCCESS"
    FAIL = "FAIL"


class TaskKind(StrEnum):
    """What a task of a stage asks for; the values are the portal's activity names."""

    APPROVE = "RpaApproveActivity"
    MOVE = "RpaMoveActivity"
    REQUEST = "RpaRequestActivity"
    REVIEW = "RpaReviewActivity"


@dataclass(frozen=True, slots=True)
class RpaType:
    """One process."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class RpaUser:
    """Who a task is given to; `path` is their page on the portal, empty where it has none."""

    id: int
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class RpaTask:
    """One task of a stage; `kind` is None for an activity this product does not know."""

    title: str
    kind: TaskKind | None
    robot_type: str
    robot_name: str
    can_append_responsibles: bool
    users: tuple[RpaUser, ...]


@dataclass(frozen=True, slots=True)
class RpaPermissions:
    """Whether items may be moved to the stage, and away from it."""

    droppable: bool
    can_move_from: bool


@dataclass(frozen=True, slots=True)
class RpaStage:
    """One stage of a process; what only `rpa.stage.get` tells is None in a list of stages.

    `fields` maps what may be done ("VISIBLE", "EDITABLE", …) to the names of the fields.
    """

    id: int
    name: str
    code: str
    color: Color
    sort: int
    semantic: Semantic | None
    type_id: int
    is_first: bool
    is_success: bool
    is_fail: bool
    possible_next_stages: tuple[int, ...]
    tasks: tuple[RpaTask, ...] | None = None
    robots_count: int | None = None
    permissions: RpaPermissions | None = None
    fields: tuple[tuple[str, tuple[str, ...]], ...] | None = None
