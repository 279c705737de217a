"""A person of the portal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """`name` may be empty: the portal asks for none."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Me:
    """The person whose rights a connection has."""

    id: int
    name: str
    is_portal_admin: bool
