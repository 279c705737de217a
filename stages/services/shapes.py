"""Boards, stages and changes as JSON: the one shape the API and the command line have of them."""

from __future__ import annotations

from typing import Any

from stages.domain.board import BoardRef
from stages.domain.details import BoardDetails, StageDetails
from stages.services import words
from stages.services.boards import ListedBoard
from stages.services.changes.listing import Entry

Row = dict[str, Any]


def stage_as_json(details: StageDetails) -> Row:
    """Return a stage; `task_count` is None where it is not known."""
    stage = details.stage
    return {
        "id": stage.id,
        "title": stage.name,
        "color": stage.color.digits,
        "sort": stage.sort,
        "system_type": stage.system_type.value if stage.system_type else None,
        "is_first": details.is_first,
        "task_count": details.task_count,
    }


def board_as_json(details: BoardDetails) -> Row:
    """Return a board with its stages in order."""
    return {
        **_named(details.board.ref, details.title),
        "can_edit": details.can_edit,
        "why_not": words.who_may_edit(details),
        "stages": [stage_as_json(one) for one in details.stages],
    }


def listed_board_as_json(board: ListedBoard) -> Row:
    """Return a board as the list of them has it."""
    return {
        **_named(board.ref, board.title),
        "closed": board.closed,
        "can_edit": board.can_edit,
        "why_not": board.why_not,
    }


def change_as_json(entry: Entry) -> Row:
    """Return a change of the history; its numbers of stages are those that the portal has today."""
    return {
        "id": entry.id,
        "board": str(entry.board) if entry.board else None,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "source": entry.source,
        "action": entry.action,
        "stage_id": entry.stage_id,
        "before": entry.before,
        "after": entry.after,
        "undone": entry.undone,
        "can_undo": entry.can_undo,
        "why_not": entry.why_not,
    }


def _named(ref: BoardRef, title: str) -> Row:
    return {"ref": str(ref), "kind": ref.kind.value, "entity_id": ref.entity_id, "title": title}
