"""Forgetting old changes, and the stages that none of the others speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from stages.models import Change, StageKey


def prune(*, before: datetime) -> tuple[int, int]:
    """Delete the changes made before that moment; return how many, and how many stages' keys."""
    changes, _ = Change.objects.filter(at__lt=before).delete()
    # Listed before the changes are looked at: a key that comes later comes with its change.
    keys = list(StageKey.objects.values_list("pk", flat=True))
    spoken_of: set[int] = set()
    kept = Change.objects.values("stage_id", "edits", "before", "after", "moved_tasks")
    for row in kept.iterator():
        spoken_of |= _keys(row)
    unknown = [key for key in keys if key not in spoken_of]
    for start in range(0, len(unknown), 500):
        StageKey.objects.filter(pk__in=unknown[start : start + 500]).delete()
    return changes, len(unknown)


def _keys(row: Mapping[str, Any]) -> set[int]:
    keys = {row["stage_id"], (row["moved_tasks"] or {}).get("to")}
    for edit in row["edits"]:
        keys |= {edit.get("stage"), edit.get("after")}
    for board in (row["before"], row["after"]):
        if isinstance(board, list):
            keys |= {stage["key"] for stage in board}
    return keys - {None, 0}
