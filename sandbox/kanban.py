"""The stage storage as the portal has it: renumbering writes, a static mode, a stale cache."""

from __future__ import annotations

import dataclasses

from sandbox.entities import EntityType, Stage
from sandbox.portal import Portal

DEFAULT_COLOR = "47D1E2"
DEFAULT_TITLES = {"NEW": "New", "WORK": "In progress", "FINISH": "Finished"}
DEFAULT_STAGES: dict[EntityType, tuple[tuple[str, str, str | None], ...]] = {
    "G": (
        (DEFAULT_TITLES["NEW"], "00C4FB", "NEW"),
        (DEFAULT_TITLES["WORK"], "47D1E2", "WORK"),
        (DEFAULT_TITLES["FINISH"], "75D900", "FINISH"),
    ),
    "U": (
        ("Not planned", "00C4FB", "NEW"),
        ("In progress", "9DCF00", None),
        ("To do this week", "47D1E2", None),
        ("Review", "FFA801", None),
    ),
}


class Kanban:
    """Stage storage for the length of one HTTP request.

    Mode and cache are static on the portal, so they leak from one command of a batch to the
    next: once in planner mode, always in planner mode, and a list once read is not read again.
    """

    def __init__(self, portal: Portal, *, absent_after_is_first: bool) -> None:
        self.mode: EntityType = "G"
        self._portal = portal
        self._absent_after_is_first = absent_after_is_first
        self._cache: dict[tuple[EntityType, int], list[Stage]] = {}

    def stages(self, entity_id: int) -> list[Stage]:
        """Return the board as first seen in this request, creating default stages if empty."""
        key = (self.mode, entity_id)
        if key not in self._cache:
            if not self._portal.stages_of(*key):
                self._create_defaults(*key)
            self._cache[key] = [
                dataclasses.replace(stage) for stage in self._portal.stages_of(*key)
            ]
        return self._cache[key]

    def find(self, stage_id: int) -> Stage | None:
        """Return the stored row of any board."""
        return self._portal.stages.get(stage_id)

    def write(
        self,
        *,
        stage_id: int,
        entity_id: int,
        title: str,
        color: str | None,
        after_id: int | None,
    ) -> int:
        """Add or change one stage, then rewrite every stage of its board; return the id."""
        self.stages(entity_id)
        rows = self._portal.stages_of(self.mode, entity_id)
        row = next((row for row in rows if row.id == stage_id), None)
        if after_id is None and self._absent_after_is_first:
            after_id = 0
        if row is None:
            row = self._insert(entity_id)
            rows.append(row)
        else:
            self._pin_tasks(rows, row, after_id)
        row.title = title
        if color is not None:
            row.color = color[:6]  # the column holds six characters and nothing checks them
        if after_id is not None and after_id != row.id:
            row.sort = _sort_after(after_id, [other for other in rows if other is not row])
        _renumber(rows)
        return row.id

    def delete(self, stage: Stage) -> None:
        """Remove the stage; the others keep their SORT, its tasks fall to the first stage."""
        del self._portal.stages[stage.id]
        for task in self._portal.tasks.values():
            if task.stage_id == stage.id:
                task.stage_id = 0
            if task.planner.get(stage.entity_id) == stage.id and stage.entity_type == "U":
                del task.planner[stage.entity_id]

    def holds_tasks(self, stage: Stage) -> bool:
        """Tell whether the stage has any task, also ones nobody asking may see."""
        tasks = self._portal.tasks.values()
        if stage.entity_type == "U":
            return any(task.planner.get(stage.entity_id) == stage.id for task in tasks)
        # A stage missing from the stale list is looked up as -1, so it always seems empty.
        known = any(seen.id == stage.id for seen in self.stages(stage.entity_id))
        return known and any(
            task.stage_id == stage.id and task.group_id == stage.entity_id for task in tasks
        )

    def _insert(self, entity_id: int) -> Stage:
        return self._portal.insert_stage(
            title="",
            color="",
            sort=0,
            system_type="",
            entity_type=self.mode,
            entity_id=entity_id,
        )

    def _create_defaults(self, entity_type: EntityType, entity_id: int) -> None:
        for number, (title, color, system_type) in enumerate(DEFAULT_STAGES[entity_type], 1):
            self._portal.insert_stage(
                title=title,
                color=color,
                sort=number * 100,
                system_type=system_type,
                entity_type=entity_type,
                entity_id=entity_id,
            )

    def _pin_tasks(self, rows: list[Stage], row: Stage, after_id: int | None) -> None:
        """Tie tasks of "the first stage, whichever it is" to it before another comes first."""
        moves_first = after_id == 0 or row.system_type == "NEW"
        if after_id is None or self.mode != "G" or not moves_first:
            return
        new_id = next((stage.id for stage in rows if stage.system_type == "NEW"), 0)
        for task in self._portal.tasks.values():
            if task.stage_id == 0 and task.group_id == row.entity_id:
                task.stage_id = new_id


def _sort_after(after_id: int, others: list[Stage]) -> int:
    if after_id == 0:
        return 10
    for stage in others:
        if stage.id == after_id:
            return stage.sort + 10
    return max((stage.sort for stage in others), default=0) + 10


def _renumber(stages: list[Stage]) -> None:
    stages.sort(key=lambda stage: stage.sort)
    for index, stage in enumerate(stages):
        stage.sort = (index + 1) * 100
        if stage.title or stage.system_type == "NEW":
            stage.system_type = ""
        if index == 0:
            stage.system_type = "NEW"
