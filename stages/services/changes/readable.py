"""Which changes a person may see: those of boards they may read now, and their own doings.

A group that is listed need not let the person read its stages (docs/portal.md): where no role that
edits says so, the portal is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.cache import cache
from django.db.models import Q, QuerySet

from stages.bitrix24 import errors
from stages.bitrix24.methods import task_stages
from stages.domain.board import MY_PLANNER, BoardRef
from stages.models import Change
from stages.services import boards, lending, reading, refusals, words
from stages.services.boards import ListedBoard
from stages.services.connections import Connection
from stages.services.refusals import Refusal

Readable = dict[str, ListedBoard]

_FRESH_FOR = 20  # seconds, as the list of boards is
_SWITCHED = (Change.Action.AS_ADMIN_ON, Change.Action.AS_ADMIN_OFF)


def find(
    connection: Connection, ref: BoardRef | None = None, *, as_admin: bool = False
) -> Readable:
    """Return the boards with changes that may be read, by their names in the history.

    Of one board, where `ref` names it; `as_admin` counts for that one only.
    """
    lending.check_role(connection, as_admin=as_admin)
    if ref is not None:
        name = connection.board_key(ref)
        # A board without changes is left alone: the portal gives one that is read its stages.
        any_made = _of_portal(connection).filter(board=name).exists()
        one = _open(connection, ref, as_admin=as_admin) if any_made else None
        return {name: one} if one else {}
    written = set(_of_portal(connection).exclude(board="").values_list("board", flat=True))
    listed = [
        board
        for board in boards.list_boards(connection=connection)
        if connection.board_key(board.ref) in written
    ]
    closed = _closed(connection, [board.ref for board in listed if not board.can_edit])
    return {connection.board_key(one.ref): one for one in listed if one.ref not in closed}


def changes(connection: Connection, readable: Readable) -> QuerySet[Change]:
    """Return the changes of those boards, and what the person did that shows no board."""
    own = Q(user_id=connection.actor.user_id) & (Q(board="") | Q(action__in=_SWITCHED))
    return _of_portal(connection).filter(Q(board__in=list(readable)) | own)


def change(
    connection: Connection, change_id: int, *, as_admin: bool = False
) -> tuple[Change, ListedBoard | None]:
    """Return a change and its board, None where it shows none; refuse what is not to be seen."""
    lending.check_role(connection, as_admin=as_admin)
    found = _of_portal(connection).filter(pk=change_id).first()
    if found is None:
        raise refusals.change_not_found()
    ref = board_of(connection, found)
    readable = find(connection, ref, as_admin=as_admin) if ref else {}
    if not changes(connection, readable).filter(pk=change_id).exists():
        raise refusals.change_not_found()
    return found, readable.get(found.board)


def to_undo(
    connection: Connection, change_id: int, *, as_admin: bool = False
) -> tuple[Change, BoardRef | None]:
    """Return a change and its board for an undo; refuse what is not to be seen.

    Who made a change knows of it, and the undo reads its board: nothing is asked of the portal.
    What somebody else has done to it since, only `change` may tell.
    """
    lending.check_role(connection, as_admin=as_admin)
    own = _of_portal(connection).filter(pk=change_id, user_id=connection.actor.user_id).first()
    ref = own and board_of(connection, own)
    if own and ref:
        return own, ref
    found, board = change(connection, change_id, as_admin=as_admin)
    return found, board.ref if board else None


def board_of(connection: Connection, change: Change) -> BoardRef | None:
    """Return the board of a change as the person would open it, None where they have none such."""
    if change.board == connection.board_key(MY_PLANNER):
        return MY_PLANNER
    try:
        return BoardRef.parse(change.board)
    except ValueError:
        return None


def _of_portal(connection: Connection) -> QuerySet[Change]:
    return Change.objects.filter(portal=connection.portal)


def _open(connection: Connection, ref: BoardRef, *, as_admin: bool) -> ListedBoard | None:
    """Return a board that may be read; what the list has not, or not yet, is asked for."""
    listed = boards.list_boards(connection=connection)
    found = next((board for board in listed if board.ref == ref and board.can_edit), None)
    name = f"open:{connection.id}:{ref}:{as_admin}"
    # What is lent may be taken back at any moment.
    found = found or (None if connection.grant else cache.get(name))
    if found:
        return found
    try:
        with words.in_words():
            read = reading.begin(connection, ref, as_admin=as_admin)
    except Refusal as refusal:
        if refusal.code == "NOT_FOUND" or (refusal.code == "ACCESS_DENIED" and not as_admin):
            return None
        raise
    found = ListedBoard(ref, read.title, read.closed, read.barrier)
    cache.set(name, found, _FRESH_FOR)
    return found


def _closed(connection: Connection, refs: Sequence[BoardRef]) -> set[BoardRef]:
    """Return the groups whose stages the portal does not let the person read."""
    names = {f"closed:{connection.id}:{ref}": ref for ref in refs}
    known: dict[str, bool] = cache.get_many(names)
    asked = {
        name: task_stages.get(entity_id=ref.entity_id)
        for name, ref in names.items()
        if name not in known
    }
    if asked:
        with words.in_words():
            answers = connection.client.batch(list(asked.values()))
            for name, command in asked.items():
                known[name] = isinstance(answers.error(command), errors.AccessDenied)
                if not known[name]:
                    answers[command]  # any other error tells nothing of rights, and is raised
        cache.set_many({name: known[name] for name in asked}, _FRESH_FOR)
    return {ref for name, ref in names.items() if known[name]}
