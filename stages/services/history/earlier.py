"""What a board was before, as far as the history knows."""

from __future__ import annotations

from collections.abc import Collection

from stages.domain.board import BoardRef
from stages.models import Change, StageKey
from stages.services.connections import Connection

_LOOKED_AT = 100  # changes back


def had_just(connection: Connection, ref: BoardRef, stage_ids: Collection[int]) -> bool:
    """Tell whether those were all the stages of the board at some time not long ago."""
    board = connection.board_key(ref)
    of_board = StageKey.objects.filter(portal=connection.portal, board=board)
    keys = set(of_board.filter(stage_id__in=stage_ids).values_list("pk", flat=True))
    if len(keys) != len(set(stage_ids)):
        return False
    changes = Change.objects.filter(portal=connection.portal, board=board).exclude(edits=[])
    recent = changes.order_by("-pk").values_list("before", "after")[:_LOOKED_AT]
    return any({row["key"] for row in side or ()} == keys for both in recent for side in both)
