"""The REST methods of the portal, one module per family."""

from __future__ import annotations

from sandbox.methods import (
    events,
    groups,
    placements,
    rpa,
    system,
    task_stages,
    tasks,
    users,
    workgroups,
)
from sandbox.methods.base import Method

METHODS: dict[str, Method] = {
    method.name.lower(): method
    for family in (
        task_stages,
        tasks,
        groups,
        workgroups,
        users,
        rpa,
        placements,
        events,
        system,
    )
    for method in family.METHODS
}
