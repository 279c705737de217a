"""Who may edit a board, and why the connected person may not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from stages.domain.board import BoardKind, BoardRef


class Role(StrEnum):
    """A person's role in a group, in the portal's letters."""

    OWNER = "A"
    MODERATOR = "E"
    MEMBER = "K"

    @property
    def may_edit(self) -> bool:
        """Stages are edited by the owner and the moderators (see docs/portal.md)."""
        return self is not Role.MEMBER


class GroupType(StrEnum):
    GROUP = "group"
    PROJECT = "project"
    SCRUM = "scrum"
    COLLAB = "collab"


class Barrier(Enum):
    """Why the connected person may not edit a board."""

    NOT_MEMBER = "not a member"
    ONLY_MEMBER = "only a member"
    SCRUM = "scrum"
    COLLAB = "collab"
    LENT_TO_LOOK = "lent to look"
    LENDER_MAY_NOT = "the lender may not"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a lent credential opens: the boards of some groups, never its owner's planner.

    `lender` is the name of the person whose rights it has.
    """

    may_edit: bool
    groups: frozenset[int]
    lender: str = ""

    def opens(self, ref: BoardRef) -> bool:
        return ref.kind is BoardKind.GROUP and ref.entity_id in self.groups


@dataclass(frozen=True, slots=True)
class Editor:
    """A person who may edit a board; the name is empty where it could not be read."""

    user_id: int
    role: Role
    name: str = ""


def barrier(role: Role | None, group_type: GroupType | None) -> Barrier | None:
    """Return what keeps a person with this role from editing; None: they may.

    `group_type` is None where the portal did not say; the group then counts as a plain one.
    """
    if group_type is GroupType.SCRUM:
        return Barrier.SCRUM
    if group_type is GroupType.COLLAB:
        return Barrier.COLLAB
    if role is None:
        return Barrier.NOT_MEMBER
    return None if role.may_edit else Barrier.ONLY_MEMBER


def lent(found: Barrier | None, grant: Grant) -> Barrier | None:
    """Return what keeps somebody from editing by a lent credential whose owner meets that."""
    if found in (Barrier.SCRUM, Barrier.COLLAB):
        return found
    if not grant.may_edit:
        return Barrier.LENT_TO_LOOK
    return Barrier.LENDER_MAY_NOT if found else None
