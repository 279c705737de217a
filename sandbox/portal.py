"""The state of the emulated portal."""

from __future__ import annotations

import dataclasses
import threading

from sandbox import seed
from sandbox.entities import EntityType, Group, Stage, Task, User, Webhook
from sandbox.php import Json
from sandbox.seed.rpa import RpaType


class Portal:
    """One company's data; hold `lock` around the work of one request."""

    users: dict[int, User]
    webhooks: list[Webhook]
    groups: dict[int, Group]
    stages: dict[int, Stage]
    tasks: dict[int, Task]
    rpa_types: dict[int, RpaType]

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.reset()

    def reset(self) -> None:
        """Go back to the seeded company."""
        company = seed.company()
        with self.lock:
            self.users = company.users
            self.webhooks = company.webhooks
            self.groups = company.groups
            self.stages = company.stages
            self.tasks = company.tasks
            self.rpa_types = company.rpa_types
            self._last_stage_id = max(self.stages)

    def board(self, key: str) -> list[Stage]:
        """Return the stored stages of `group-10` or `planner-1`, in order."""
        kind, _, entity_id = key.partition("-")
        return self.stages_of("U" if kind == "planner" else "G", int(entity_id))

    def stages_of(self, entity_type: EntityType, entity_id: int) -> list[Stage]:
        """Return the stored stages of one board, by SORT."""
        with self.lock:
            stages = [
                stage
                for stage in self.stages.values()
                if stage.entity_type == entity_type and stage.entity_id == entity_id
            ]
        return sorted(stages, key=lambda stage: stage.sort)

    def insert_stage(
        self,
        *,
        title: str,
        color: str,
        sort: int,
        system_type: str | None,
        entity_type: EntityType,
        entity_id: int,
    ) -> Stage:
        """Store a new stage under the next id."""
        with self.lock:
            self._last_stage_id += 1
            stage = Stage(
                self._last_stage_id, title, color, sort, system_type, entity_type, entity_id
            )
            self.stages[stage.id] = stage
            return stage

    def webhook(self, user_id: str, code: str) -> Webhook | None:
        """Return the webhook with this owner and code, if there is one."""
        return next(
            (hook for hook in self.webhooks if (str(hook.user_id), hook.code) == (user_id, code)),
            None,
        )

    def snapshot(self) -> dict[str, Json]:
        """Return people, groups, boards and tasks as plain JSON."""
        with self.lock:
            keys = dict.fromkeys(
                (stage.entity_type, stage.entity_id) for stage in self.stages.values()
            )
            names = {"G": "group", "U": "planner"}
            return {
                "users": [dataclasses.asdict(user) for user in self.users.values()],
                "groups": [_group(group) for group in self.groups.values()],
                "boards": {
                    f"{names[kind]}-{entity_id}": [
                        _stage(stage) for stage in self.stages_of(kind, entity_id)
                    ]
                    for kind, entity_id in keys
                },
                "tasks": [_task(task) for task in self.tasks.values()],
            }


def _group(group: Group) -> dict[str, Json]:
    return {**dataclasses.asdict(group), "members": {str(k): v for k, v in group.members.items()}}


def _stage(stage: Stage) -> dict[str, Json]:
    return {
        "id": stage.id,
        "title": stage.title,
        "color": stage.color,
        "sort": stage.sort,
        "system_type": stage.system_type,
    }


def _task(task: Task) -> dict[str, Json]:
    return {
        **dataclasses.asdict(task),
        "hidden_from": sorted(task.hidden_from),
        "planner": {str(user_id): stage_id for user_id, stage_id in task.planner.items()},
    }
