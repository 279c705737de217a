"""What a portal's scopes are for here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """A feature, and the scopes of which any one opens it; the first asks for the least."""

    feature: str
    scopes: tuple[str, ...]

    @property
    def scope(self) -> str:
        return self.scopes[0]


STAGES = Need("Boards and their stages", ("task",))
NEEDS = (
    STAGES,
    Need("The list of groups, and who may edit their boards", ("sonet_group",)),
    Need("Names of people", ("user_brief", "user_basic", "user")),
    Need("Telling scrum and collab boards apart", ("socialnetwork",)),
    Need("RPA processes", ("rpa",)),
)


def missing(granted: Iterable[str]) -> tuple[Need, ...]:
    """Return what does not work with these scopes."""
    known = set(granted)
    return tuple(need for need in NEEDS if not known.intersection(need.scopes))
