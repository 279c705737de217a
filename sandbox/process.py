"""What one PHP process of the portal holds while it answers one HTTP request."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.access import Access
from sandbox.entities import User
from sandbox.faults import Faults
from sandbox.journal import Journal
from sandbox.kanban import Kanban
from sandbox.php import Array, Json
from sandbox.portal import Portal
from sandbox.requestlog import Command
from sandbox.switches import Switches


@dataclass(slots=True)
class Process:
    """The state shared by all commands of one request."""

    portal: Portal
    switches: Switches
    faults: Faults
    kanban: Kanban
    access: Access
    journal: Journal
    http_params: Array
    commands: list[Command] = field(default_factory=list)


@dataclass(slots=True)
class Call:
    """One call of one method: a request of its own, or a command of a batch."""

    process: Process
    method: str
    params: Array
    start: int
    in_batch: bool

    @property
    def portal(self) -> Portal:
        """Return the portal the call works on."""
        return self.process.portal

    @property
    def person(self) -> User:
        """Return the person the call acts as."""
        return self.process.access.person


@dataclass(slots=True)
class Page:
    """A result with paging beside it."""

    result: Json
    total: int | None = None
    next: int | None = None
