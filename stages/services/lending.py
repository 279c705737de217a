"""What a lent connection opens: the boards it was lent for, without its owner's other powers."""

from __future__ import annotations

from stages.domain.board import BoardRef
from stages.services import portal_refusals, refusals
from stages.services.connections import Connection


def check(connection: Connection, ref: BoardRef, *, as_admin: bool) -> None:
    """Refuse a board that a lent connection was not lent for, as if there were none."""
    if connection.grant and not connection.grant.opens(ref):
        raise refusals.board_not_found()
    check_role(connection, as_admin=as_admin)


def check_role(connection: Connection, *, as_admin: bool) -> None:
    """Refuse to act as administrator by what was lent, whatever it is about."""
    if connection.grant and as_admin:
        raise portal_refusals.never_lent_as_administrator()


def require_own(connection: Connection) -> None:
    """Refuse what is never lent: anything but boards of groups."""
    if connection.grant is not None:
        raise portal_refusals.only_boards_are_lent()
