"""What a board was before, as far as the history knows, or this process has shown it."""

from __future__ import annotations

from collections.abc import Collection

from django.core.cache import cache

from stages.domain.board import Board, BoardRef
from stages.models import Change, StageKey
from stages.services.connections import Connection

_LOOKED_AT = 100  # changes back
_REMEMBERED, _FOR = 20, 3600  # sets of stages of a board that were shown, and seconds


def note_shown(connection: Connection, board: Board) -> None:
    """Remember which stages a board had when it was shown: others change it on the portal, too."""
    name, ids = _name(connection, board.ref), frozenset(board.order)
    known = [one for one in cache.get(name, ()) if one != ids]
    cache.set(name, [*known, ids][-_REMEMBERED:], _FOR)


def had_just(connection: Connection, ref: BoardRef, stage_ids: Collection[int]) -> bool:
    """Tell whether those were all the stages of the board at some time not long ago."""
    if frozenset(stage_ids) in cache.get(_name(connection, ref), ()):
        return True
    board = connection.board_key(ref)
    of_board = StageKey.objects.filter(portal=connection.portal, board=board)
    keys = set(of_board.filter(stage_id__in=stage_ids).values_list("pk", flat=True))
    if len(keys) != len(set(stage_ids)):
        return False
    changes = Change.objects.filter(portal=connection.portal, board=board).exclude(edits=[])
    recent = changes.order_by("-pk").values_list("before", "after")[:_LOOKED_AT]
    return any({row["key"] for row in side or ()} == keys for both in recent for side in both)


def _name(connection: Connection, ref: BoardRef) -> str:
    return f"shown:{connection.portal.pk}:{connection.board_key(ref)}"
