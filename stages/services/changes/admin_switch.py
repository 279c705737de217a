"""Noting down when somebody begins and ceases to act as administrator of a portal."""

from __future__ import annotations

from stages.domain.board import BoardRef
from stages.models import Change
from stages.services.connections import Connection
from stages.services.history import recording


def note(*, connection: Connection, ref: BoardRef, on: bool) -> None:
    """Note down that the person has turned the switch on this board."""
    action = Change.Action.AS_ADMIN_ON if on else Change.Action.AS_ADMIN_OFF
    board = connection.board_key(ref)
    recording.event(connection=connection, action=action, what={}, board=board)
