"""Making changes, undoing them and looking at the history, as people do."""

from __future__ import annotations

import pytest

from stages.domain.board import BoardRef
from stages.domain.edits import Edit
from stages.models import Change
from stages.services import writing
from stages.services.changes import listing, undoing
from stages.services.changes.entries import Entry
from stages.services.changes.undoing import Undone
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.refusals import Refusal
from tests import portal

REF = BoardRef(portal.RELAUNCH)
BOARD = "group-10"


def make(connection: Connection, *edits: Edit, ref: BoardRef = REF) -> Outcome:
    return writing.write(connection, ref, lambda _board: edits)


def undo(connection: Connection, change_id: int | None) -> Undone:
    assert change_id is not None
    done = undoing.undo(connection=connection, change_id=change_id)
    assert isinstance(done, Undone)
    return done


def refused(connection: Connection, change_id: int | None) -> Refusal:
    with pytest.raises(Refusal) as error:
        undo(connection, change_id)
    return error.value


def attempt(connection: Connection, change_id: int) -> Undone | Refusal:
    try:
        return undo(connection, change_id)
    except Refusal as refusal:
        return refusal


def newest(connection: Connection) -> Entry:
    return listing.changes(connection=connection).entries[0]


def all_of(connection: Connection) -> tuple[Entry, ...]:
    return listing.changes(connection=connection, size=1000).entries


def last() -> Change:
    return Change.objects.latest("pk")
