"""A group: workgroup, project, scrum team or collab; each owns one board."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    name: str
    closed: bool
