"""Stages as the history names them, whatever numbers the portal gives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stages.domain.stage import Stage
from stages.models import Portal, StageKey


def of(*, portal: Portal, board: str, stage_ids: Iterable[int]) -> dict[int, int]:
    """Return the keys of stages by the portal's numbers; a stage seen first gets its key here.

    Inside a transaction, which they outlive: until it ends nobody forgets them.
    """
    wanted = set(stage_ids)
    if not wanted:
        return {}
    rows = StageKey.objects.filter(portal=portal, board=board, stage_id__in=wanted)
    rows = rows.select_for_update().order_by("pk")
    known = dict(rows.values_list("stage_id", "pk"))
    new = wanted - known.keys()
    if new:
        StageKey.objects.bulk_create(
            [StageKey(portal=portal, board=board, stage_id=one) for one in sorted(new)],
            ignore_conflicts=True,  # another process may have seen it at the same moment
        )
        known = dict(rows.all().values_list("stage_id", "pk"))
    return known


def follow(
    portal: Portal, board: str, old: Iterable[tuple[int, str, str]], new: Sequence[Stage]
) -> None:
    """Let stages that were added again keep their keys; `old` are keys with titles and colours."""
    keys = list(old)
    for stage in new:
        looks = (stage.name, stage.color.digits)
        match = next((row for row in keys if tuple(row[1:]) == looks), None)
        known = StageKey.objects.filter(portal=portal, board=board)
        if match and not known.filter(stage_id=stage.id).exists():
            known.filter(pk=match[0]).update(stage_id=stage.id)
            keys.remove(match)
