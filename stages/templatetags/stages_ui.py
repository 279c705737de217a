"""The domain in words, for templates."""

from __future__ import annotations

import json

from django import template

from stages.domain import removal
from stages.domain.board import Board
from stages.domain.details import BoardDetails
from stages.domain.rpa import RpaTask, TaskKind
from stages.domain.stage import SystemType
from stages.services import words
from stages.services.refusals import Refusal

register = template.Library()

_TASK_KINDS = {
    TaskKind.APPROVE: "Approve or reject",
    TaskKind.MOVE: "Simply move on",
    TaskKind.REQUEST: "Request information",
    TaskKind.REVIEW: "Review information",
}


@register.filter
def who_may_edit(details: BoardDetails) -> str:
    return words.who_may_edit(details)


@register.filter
def why_not_counted(details: BoardDetails) -> str:
    return words.why_not_counted(details)


@register.filter
def obstacle(details: BoardDetails, stage_id: int) -> Refusal | None:
    """What keeps a stage from being deleted, wherever its tasks may go."""
    found = removal.obstacle(details.board, stage_id, task_count=None)
    return words.may_not_remove(found) if found else None


@register.filter
def as_shown(board: Board) -> str:
    """Return a board as pages send it along with an edit, for `forms.ShownField`."""
    return json.dumps([[stage.id, stage.name, stage.color.digits] for stage in board.stages])


@register.filter
def purpose(system_type: SystemType) -> str:
    return words.PURPOSES[system_type]


@register.filter
def task_kind(task: RpaTask) -> str:
    return _TASK_KINDS[task.kind] if task.kind else task.robot_type
