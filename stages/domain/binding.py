"""What the app binds on a portal: places in its pages, and events it wants to hear of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Binding:
    """A handler's address, bound to a placement or an event by the portal's code for it."""

    code: str
    handler: str
