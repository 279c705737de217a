"""Who does something, and through which front door."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    PAGE = "page"
    API = "api"
    COMMAND_LINE = "command line"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class Actor:
    """A user of the installation, by the number and name they have there."""

    user_id: int
    name: str
    source: Source = Source.PAGE
