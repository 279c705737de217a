"""Two processes with their stages and tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sandbox.php import Json
from sandbox.seed import people

Semantic = Literal["SUCCESS", "FAIL"]


@dataclass(frozen=True, slots=True)
class RpaStage:
    """One stage of a process."""

    id: int
    name: str
    code: str
    color: str
    semantic: Semantic | None = None
    tasks: tuple[Mapping[str, Json], ...] = ()
    robots_count: int = 0


@dataclass(frozen=True, slots=True)
class RpaType:
    """One process."""

    id: int
    title: str
    image: str
    created_by: int
    stages: tuple[RpaStage, ...]


def build() -> tuple[RpaType, RpaType]:
    """Return the processes."""
    return (_purchases(), _leave())


def _purchases() -> RpaType:
    return RpaType(
        id=3,
        title="Purchase approval",
        image="shopping",
        created_by=people.ADA,
        stages=(
            RpaStage(12, "New", "", "22b9ff"),
            RpaStage(
                13,
                "Manager's decision",
                "DECISION",
                "ffa900",
                tasks=(
                    _task("Approve the order", "RpaApproveActivity", 1, (2, 10), can_append=True),
                ),
                robots_count=1,
            ),
            RpaStage(
                14,
                "Supplier details",
                "",
                "88b9ff",
                tasks=(
                    _task("Enter the supplier's bank details", "RpaRequestActivity", 2, (11,)),
                    _task("Read the framework contract", "RpaReviewActivity", 3, (2, 3, 10)),
                ),
                robots_count=3,
            ),
            RpaStage(
                15,
                "Ordered",
                "ORDERED",
                "ace9fb",
                tasks=(_task("Pass on when delivered", "RpaMoveActivity", 4, (11,)),),
                robots_count=2,
            ),
            RpaStage(16, "Paid", "", "c4f56b", "SUCCESS"),
            RpaStage(17, "Rejected", "", "ff5752", "FAIL"),
        ),
    )


def _leave() -> RpaType:
    return RpaType(
        id=4,
        title="Leave request",
        image="airplane",
        created_by=11,
        stages=(
            RpaStage(18, "Requested", "", "22b9ff"),
            RpaStage(
                19,
                "Team lead",
                "",
                "ffa900",
                tasks=(_task("Approve the leave", "RpaApproveActivity", 5, (2,)),),
                robots_count=1,
            ),
            RpaStage(20, "Granted", "", "c4f56b", "SUCCESS"),
            RpaStage(21, "Declined", "", "ff5752", "FAIL"),
        ),
    )


def _task(
    title: str,
    robot_type: str,
    number: int,
    user_ids: tuple[int, ...],
    *,
    can_append: bool = False,
) -> Mapping[str, Json]:
    names = {user.id: user.full_name for user in people.build()}
    return {
        "title": title,
        "robotType": robot_type,
        "robotName": f"A43555_78925_98855_4611{number}",
        "canAppendResponsibles": can_append,
        "users": [
            {
                "id": f"U{user_id}",
                "entityId": user_id,
                "name": names[user_id],
                "photoSrc": None,
                "url": f"/company/personal/user/{user_id}/",
                "entityType": "users",
            }
            for user_id in user_ids
        ],
    }
