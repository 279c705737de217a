"""Bringing a board back, while others are at work on it."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from stages.domain.edits import RenameStage
from stages.services import boards
from stages.services.changes import restoring
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from tests import portal
from tests.services.changes import history
from tests.services.removals import Meet


def test_what_comes_between_the_look_and_the_edit_stops_it(
    sandbox: Sandbox, lead: Connection, meet: Meet
) -> None:
    change = history.make(lead, RenameStage(3, "Check")).change_id
    assert change is not None
    shown = restoring.preview(connection=lead, change_id=change, moment="before")
    boards.list_boards(connection=lead)

    def rename() -> None:
        sandbox.portal.board(history.BOARD)[1].title = "By hand"

    # Two requests read the board; the third one reads it once more, under its lease.
    late = meet({3: rename})
    with pytest.raises(Refusal) as refused:
        restoring.restore(
            connection=late, change_id=change, moment="before", targets={}, seen=shown.version
        )
    assert refused.value.code == "BOARD_CHANGED"
    assert {"Check", "By hand"} <= set(portal.titles(sandbox, history.BOARD))
