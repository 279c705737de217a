"""A board as the portal shows it: its columns, to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import rights
from sandbox.entities import EntityType, Stage, Task
from sandbox.pages.markup import Html, fill, join, template
from sandbox.pages.visit import Visit

if TYPE_CHECKING:
    from sandbox.server import Sandbox

SHOWN_TASKS = 5


def board(sandbox: Sandbox, visit: Visit, entity_type: EntityType, entity_id: int) -> Html:
    """Return the stages with the first of the tasks that the visitor sees in each."""
    portal = sandbox.portal
    with portal.lock:
        stages = portal.stages_of(entity_type, entity_id)
        if not stages:
            return Html("<p>No stage yet.</p>")
        seen = [
            task
            for task in portal.tasks.values()
            if (entity_type == "G" and task.group_id == entity_id) or entity_id in task.planner
            if rights.sees_task(portal, visit.person, task)
        ]

        def inside(stage: Stage) -> list[Task]:
            def place(task: Task) -> int:
                return task.stage_id if entity_type == "G" else task.planner[entity_id]

            # A task that was never moved is in no stage, and shown in the first.
            ids = {stage.id, 0} if stage is stages[0] else {stage.id}
            return [task for task in seen if place(task) in ids]

        columns = join(_column(stage, inside(stage)) for stage in stages)
    return fill('<ol class="board" tabindex="0" aria-label="Board">$columns</ol>', columns=columns)


def _column(stage: Stage, tasks: list[Task]) -> Html:
    more = len(tasks) - SHOWN_TASKS
    return fill(
        template("column"),
        color=stage.color,
        title=stage.title or "New",
        count=len(tasks),
        tasks=join(fill("<li>$title</li>", title=task.title) for task in tasks[:SHOWN_TASKS]),
        more=fill("<p>and $more more</p>", more=more) if more > 0 else Html(""),
    )
