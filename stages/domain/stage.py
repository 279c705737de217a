"""A stage: one column of a board."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stages.domain.color import Color


class SystemType(StrEnum):
    """What the portal says a stage is for; it keeps only NEW reliably (see docs/portal.md)."""

    NEW = "NEW"
    WORK = "WORK"
    REVIEW = "REVIEW"
    FINISH = "FINISH"


# The portal stores no title for untouched default stages and shows a name of its own.
_UNTITLED = {
    SystemType.NEW: "New",
    SystemType.WORK: "In progress",
    SystemType.REVIEW: "Review",
    SystemType.FINISH: "Finished",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage as last read. `title` is as stored and may be empty; `name` never is."""

    id: int
    title: str
    color: Color
    sort: int
    system_type: SystemType | None = None

    @property
    def name(self) -> str:
        if self.title:
            return self.title
        return _UNTITLED[self.system_type] if self.system_type else "Untitled"
