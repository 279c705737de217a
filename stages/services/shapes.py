"""Boards, stages, changes and refusals as JSON, alike for the API and the command line."""

from __future__ import annotations

from typing import Any

from stages.domain.board import BoardRef
from stages.domain.details import BoardDetails, StageDetails
from stages.models import ApiToken
from stages.services import words
from stages.services.boards import ListedBoard
from stages.services.changes.entries import Entry
from stages.services.refusals import Refusal

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
    """Return a change of the history; its numbers of stages are those that the portal has today.

    `acting_as` is there only where somebody had lent their rights to who made it.
    """
    told = {
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
    return {**told, "acting_as": entry.acting_as} if entry.acting_as else told


def token_as_json(token: ApiToken) -> Row:
    """Return what there is to know of a token of the API, which is not the token."""
    return {
        "id": token.pk,
        "name": token.name,
        "portal": token.credential.portal.slug,
        "may_act_as_admin": token.may_act_as_admin,
        "created_at": token.created_at.isoformat(),
        "last_used_at": token.last_used_at.isoformat() if token.last_used_at else None,
        "expires_at": token.expires_at.isoformat() if token.expires_at else None,
    }


def refusal_as_json(refusal: Refusal) -> Row:
    """Return what is refused: `detail` is for people, `fields` only for invalid input."""
    told: Row = {"code": refusal.code, "detail": f"{refusal.message} {refusal.hint}".strip()}
    return {**told, "fields": refusal.fields} if refusal.fields else told


def _named(ref: BoardRef, title: str) -> Row:
    return {"ref": str(ref), "kind": ref.kind.value, "entity_id": ref.entity_id, "title": title}
