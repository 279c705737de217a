"""Three hundred tasks, most of them where somebody would look for them."""

from __future__ import annotations

from sandbox.entities import EntityType, Group, Stage, Task
from sandbox.seed.clock import days_from_now
from sandbox.seed.people import ADA, LENA, MAX

TOTAL = 300
# One stage of a group Lena owns is full: some tasks are completed, some hidden from her.
CROWDED_GROUP = 10
CROWDED_STAGE_INDEX = 1
CROWDED = 120
CROWDED_COMPLETED = 20
CROWDED_HIDDEN = 5
# Boards that stay without tasks, so that any of their stages may be deleted.
WITHOUT_TASKS = {11, 12, 13}

_COMPLETED = 5
_OPEN_STATUSES = (2, 3, 4, 2, 3, 6)
_VERBS = ("Draft", "Check", "Update", "Prepare", "Discuss", "Fix", "Translate", "Plan")
_THINGS = (
    "the landing page",
    "the price list",
    "the release notes",
    "the budget",
    "the login form",
    "the press kit",
    "the supplier contract",
    "the customer survey",
    "the weekly report",
    "the onboarding guide",
    "the search index",
)


def build(groups: list[Group], stages: list[Stage]) -> list[Task]:
    """Return the tasks, placed in group stages and some also in planners."""
    boards = {
        group.id: [
            stage.id for stage in stages if stage.entity_type == "G" and stage.entity_id == group.id
        ]
        for group in groups
        if group.id not in WITHOUT_TASKS
    }
    groups_by_id = {group.id: group for group in groups}
    tasks = _crowded(groups_by_id[CROWDED_GROUP], boards[CROWDED_GROUP].pop(CROWDED_STAGE_INDEX))
    group_ids = list(boards)
    while len(tasks) < TOTAL:
        task_id = len(tasks) + 1
        group = groups_by_id[group_ids[task_id % len(group_ids)]]
        tasks.append(_ordinary(task_id, group, boards[group.id]))
    _place_in_planners(tasks, stages)
    return tasks


def _crowded(group: Group, stage_id: int) -> list[Task]:
    colleagues = [user_id for user_id in group.members if user_id != LENA]
    tasks = []
    for task_id in range(1, CROWDED + 1):
        hidden = task_id > CROWDED - CROWDED_HIDDEN
        task = _task(task_id, group, stage_id, colleagues[task_id % len(colleagues)])
        task.status = _COMPLETED if task_id <= CROWDED_COMPLETED else task.status
        task.hidden_from = frozenset({LENA}) if hidden else frozenset()
        task.created_by = task.responsible_id if hidden else group.owner_id
        tasks.append(task)
    return tasks


def _ordinary(task_id: int, group: Group, board: list[int]) -> Task:
    people = list(group.members)
    # A task that was never moved has stage 0 and is shown in the first stage.
    position = task_id % (len(board) + 1)
    stage_id = 0 if position == 0 else board[position - 1]
    task = _task(task_id, group, stage_id, people[task_id % len(people)])
    if task_id % 7 == 0:
        task.status = _COMPLETED
    if task_id % 11 == 0:
        insiders = {task.created_by, task.responsible_id}
        task.hidden_from = frozenset({LENA, MAX} - insiders)
    return task


def _task(task_id: int, group: Group, stage_id: int, responsible_id: int) -> Task:
    verb, thing = _VERBS[task_id % len(_VERBS)], _THINGS[task_id % len(_THINGS)]
    return Task(
        id=task_id,
        title=f"{verb} {thing}",
        group_id=group.id,
        stage_id=stage_id,
        status=_OPEN_STATUSES[task_id % len(_OPEN_STATUSES)],
        created_by=group.owner_id,
        responsible_id=responsible_id,
        created=days_from_now(-task_id % 200 - 200),
        deadline=days_from_now(task_id % 60 - 10),
        sorting=task_id * 10,
    )


def _place_in_planners(tasks: list[Task], stages: list[Stage]) -> None:
    for user_id in (ADA, LENA, MAX):
        board = _board(stages, "U", user_id)
        mine = [task for task in tasks if user_id in (task.created_by, task.responsible_id)]
        # The last stage of each planner stays empty.
        for index, task in enumerate(mine[-12:]):
            task.planner[user_id] = board[index % (len(board) - 1)]


def _board(stages: list[Stage], entity_type: EntityType, entity_id: int) -> list[int]:
    return [
        stage.id
        for stage in stages
        if stage.entity_type == entity_type and stage.entity_id == entity_id
    ]
