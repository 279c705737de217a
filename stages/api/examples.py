"""What the document shows of answers and errors; the errors are those the services raise."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from stages.services import shapes
from stages.services.refusal_examples import one_of_each

STAGE = {
    "id": 3,
    "title": "Review",
    "color": "FFAB00",
    "sort": 300,
    "system_type": None,
    "is_first": False,
    "task_count": 12,
}
FIRST = {**STAGE, "id": 1, "title": "Backlog", "color": "00C4FB", "sort": 100, "task_count": 40}
FIRST |= {"system_type": "NEW", "is_first": True}
_NAMED = {"ref": "group-10", "kind": "group", "entity_id": 10, "title": "Website relaunch"}
BOARD = {**_NAMED, "can_edit": True, "why_not": "", "stages": [FIRST, STAGE]}
ORDERED = {**BOARD, "moves": 1}
BOARDS = {
    "count": 41,
    "next": "http://127.0.0.1:8000/api/v1/boards/?page=2&page_size=1",
    "previous": None,
    "results": [{**_NAMED, "closed": False, "can_edit": True, "why_not": ""}],
}
CHANGE = {
    "id": 17,
    "board": "group-10",
    "at": "2026-11-25T09:30:00+00:00",
    "actor": "admin",
    "source": "api",
    "action": "rename",
    "stage_id": 3,
    "before": {"title": "Review", "color": "FFAB00", "after_id": 2},
    "after": {"title": "QA", "color": "FFAB00", "after_id": 2},
    "undone": False,
    "can_undo": True,
    "why_not": "",
}
_PROGRESS = {"state": "moving", "moved": 150, "total": 420, "detail": "", "change_id": None}
CHANGE_DETAIL = {
    **CHANGE,
    "action": "begin_delete",
    "stage_id": None,
    "before": None,
    "after": None,
    "can_undo": False,
    "why_not": "Only edits of stages can be undone.",
    "progress": _PROGRESS,
}
CHANGES = {"count": 1, "next": None, "previous": None, "results": [CHANGE]}
GOING = {"id": 18, "url": "http://127.0.0.1:8000/api/v1/changes/18/"}
RPA_TYPES = [{"id": 3, "title": "Vacation"}]
RPA_STAGE = {
    "id": 12,
    "name": "New",
    "code": "",
    "color": "22B9FF",
    "sort": 1000,
    "semantic": None,
    "typeId": 3,
    "isFirst": True,
    "isSuccess": False,
    "isFail": False,
    "possibleNextStages": [13, 14],
}


def _errors() -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for refusal in one_of_each():
        found[refusal.status].append(shapes.refusal_as_json(refusal))
    return dict(found)


ERRORS = _errors()
