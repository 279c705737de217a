"""What a portal holds: people, groups, stages, tasks and webhooks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

GroupKind = Literal["group", "project", "scrum", "collab"]
Access = Literal["open", "closed", "secret"]
EntityType = Literal["G", "U"]
Role = Literal["A", "E", "K"]


@dataclass(slots=True)
class User:
    """A person of the company; inactive means dismissed."""

    id: int
    name: str
    last_name: str
    email: str
    position: str
    department: int
    admin: bool = False
    active: bool = True

    @property
    def full_name(self) -> str:
        """Return first and last name."""
        return f"{self.name} {self.last_name}"


@dataclass(slots=True)
class Webhook:
    """An inbound webhook: acts as its owner within its scopes."""

    user_id: int
    code: str
    scopes: frozenset[str]

    @property
    def path(self) -> str:
        """Return the path that carries the secret."""
        return f"/rest/{self.user_id}/{self.code}/"


@dataclass(slots=True)
class Group:
    """A workgroup: open to all, visible but closed to strangers, or secret."""

    id: int
    name: str
    kind: GroupKind
    access: Access
    closed: bool
    members: dict[int, Role]
    created: str

    @property
    def owner_id(self) -> int:
        """Return the id of the one member with role A."""
        return next(user_id for user_id, role in self.members.items() if role == "A")


@dataclass(slots=True)
class Stage:
    """A row of the stage table, as stored."""

    id: int
    title: str
    color: str
    sort: int
    system_type: str | None
    entity_type: EntityType
    entity_id: int


@dataclass(slots=True)
class Task:
    """A task; `planner` maps a person to the planner stage the task is placed in."""

    id: int
    title: str
    group_id: int
    stage_id: int
    status: int
    created_by: int
    responsible_id: int
    created: str
    deadline: str
    hidden_from: frozenset[int] = frozenset()
    planner: dict[int, int] = field(default_factory=dict)
    sorting: int = 0
