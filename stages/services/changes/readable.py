"""Which changes a person may see: those of boards they may read now, and their own doings."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from stages.models import Change
from stages.services import boards, refusals
from stages.services.boards import ListedBoard
from stages.services.connections import Connection

Readable = dict[str, ListedBoard]


def find(connection: Connection) -> Readable:
    """Return the boards of the connection's list by their names in the history."""
    listed = boards.list_boards(connection=connection)
    return {connection.board_key(board.ref): board for board in listed}


def changes(connection: Connection, readable: Readable) -> QuerySet[Change]:
    """Return the changes of those boards, and what the person did that concerns no board."""
    of_portal = Change.objects.filter(portal=connection.portal)
    written = of_portal.exclude(board="").values_list("board", flat=True).distinct()
    seen = [board for board in written if board in readable]
    own = Q(board="", user_id=connection.actor.user_id)
    return of_portal.filter(Q(board__in=seen) | own)


def change(connection: Connection, change_id: int) -> tuple[Change, ListedBoard | None]:
    """Return a change and its board, None where it concerns none; refuse what is not to be seen."""
    readable = find(connection)
    found = (
        changes(connection, readable)
        .select_related("undone_by", "undone_by__undone_by")
        .filter(pk=change_id)
        .first()
    )
    if found is None:
        raise refusals.change_not_found()
    return found, readable.get(found.board)
