"""Forgetting old changes, and the stages that none of the others speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from stages.models import Change, StageKey

_AT_ONCE = 500  # keys forgotten in one transaction
_LONGEST_RECORDING = timedelta(minutes=10)  # from a change's moment until others see it, and more


def prune(*, before: datetime) -> tuple[int, int]:
    """Delete the changes made before that moment; return how many, and how many stages' keys."""
    began = timezone.now()
    changes, _ = Change.objects.filter(at__lt=before).delete()
    # Listed before the changes are looked at: a key that comes later comes with its change.
    keys = list(StageKey.objects.order_by("pk").values_list("pk", flat=True))
    spoken_of = _spoken_of(Change.objects.all())
    unknown = [key for key in keys if key not in spoken_of]
    forgotten = sum(
        _forget(unknown[start : start + _AT_ONCE], since=began - _LONGEST_RECORDING)
        for start in range(0, len(unknown), _AT_ONCE)
    )
    return changes, forgotten


def _forget(keys: Sequence[int], *, since: datetime) -> int:
    """Delete keys that no change speaks of, unless one that was made since does by now.

    Who notes down a change holds its keys until it is there (`stage_keys.of`), and so does this.
    """
    with transaction.atomic():
        held = StageKey.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        left = set(held.values_list("pk", flat=True))
        left -= _spoken_of(Change.objects.filter(at__gte=since))
        StageKey.objects.filter(pk__in=left).delete()
    return len(left)


def _spoken_of(changes: QuerySet[Change]) -> set[int]:
    found: set[int] = set()
    for row in changes.values("stage_id", "edits", "before", "after", "moved_tasks").iterator():
        found |= _keys(row)
    return found


def _keys(row: Mapping[str, Any]) -> set[int]:
    keys = {row["stage_id"], (row["moved_tasks"] or {}).get("to")}
    for edit in row["edits"]:
        keys |= {edit.get("stage"), edit.get("after")}
    for board in (row["before"], row["after"]):
        if isinstance(board, list):
            keys |= {stage["key"] for stage in board}
    return keys - {None, 0}
