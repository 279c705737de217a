"""A believable small company, the same at every start."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.entities import Group, Stage, Task, User, Webhook
from sandbox.seed import boards, groups, people, rpa, tasks


@dataclass(slots=True)
class Company:
    """Everything a portal starts with."""

    users: dict[int, User]
    webhooks: list[Webhook]
    groups: dict[int, Group]
    stages: dict[int, Stage]
    tasks: dict[int, Task]
    rpa_types: dict[int, rpa.RpaType]


def company() -> Company:
    """Build the company afresh."""
    all_groups = groups.build()
    stages = boards.build(all_groups)
    return Company(
        users={user.id: user for user in people.build()},
        webhooks=people.webhooks(),
        groups={group.id: group for group in all_groups},
        stages={stage.id: stage for stage in stages},
        tasks={task.id: task for task in tasks.build(all_groups, stages)},
        rpa_types={kind.id: kind for kind in rpa.build()},
    )
