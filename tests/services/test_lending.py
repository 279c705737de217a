"""A webhook that is shared opens the boards it was shared for, and nothing else of its owner's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User

from sandbox.server import Sandbox
from stages.domain.access import Barrier
from stages.domain.board import MY_PLANNER, BoardRef
from stages.domain.edits import RenameStage
from stages.domain.task_moves import Removal, Return
from stages.services import (
    boards,
    dry_run,
    removal_question,
    rpa,
    sharing,
    stage_edits,
    stage_removal,
    task_returns,
)
from stages.services.changes import listing, restoring, undoing
from stages.services.connections import Connection
from tests import portal
from tests.conftest import Connect
from tests.services.changes import history
from tests.services.lent import RELAUNCH, ROADMAP, lend, refusal, visit

SECRET = BoardRef(portal.CALENDAR)  # Ada sees it, and shares it with nobody


def test_only_the_shared_boards_are_listed_with_what_may_be_done(
    ada: Connection, bob: User
) -> None:
    lend(ada, RELAUNCH, ROADMAP)
    found = {board.ref: board.barrier for board in boards.list_boards(connection=visit(bob))}
    assert found == {RELAUNCH: None, ROADMAP: Barrier.LENDER_MAY_NOT}
    assert len(boards.list_boards(connection=ada)) > len(found)


def test_an_editor_edits_in_the_sharers_name_and_the_history_knows_who(
    ada: Connection, bob: User, sandbox: Sandbox
) -> None:
    lend(ada)
    connection = visit(bob)
    assert connection.grant
    assert connection.grant.lender == "Ada Admin"
    outcome = stage_edits.rename(connection=connection, ref=RELAUNCH, stage_id=3, title="Check")
    assert "Check" in portal.titles(sandbox, "group-10")
    assert not outcome.details.may_act_as_admin
    change = history.last()
    assert (change.user, change.actor, change.person_id) == (bob, "Bob Berg", ada.person_id)
    history.undo(connection, change.pk)
    assert "Check" not in portal.titles(sandbox, "group-10")


EDITS: dict[str, Callable[[Connection, BoardRef, int], object]] = {
    "fetch": lambda to, ref, _: boards.fetch(connection=to, ref=ref),
    "rename": lambda to, ref, stage: stage_edits.rename(
        connection=to, ref=ref, stage_id=stage, title="Mine"
    ),
    "recolor": lambda to, ref, stage: stage_edits.recolor(
        connection=to, ref=ref, stage_id=stage, color="FF0000"
    ),
    "move": lambda to, ref, stage: stage_edits.move(
        connection=to, ref=ref, stage_id=stage, after_id=0
    ),
    "add": lambda to, ref, _: stage_edits.add(connection=to, ref=ref, title="Mine", after_id=None),
    "remove": lambda to, ref, stage: stage_removal.remove(
        connection=to, ref=ref, run=Removal(stage)
    ),
    "ask to remove": lambda to, ref, stage: removal_question.ask(
        connection=to, ref=ref, stage_id=stage
    ),
    "bring tasks back": lambda to, ref, stage: task_returns.bring_back(
        connection=to, ref=ref, run=Return(stage, stage + 1, (1,), total=1)
    ),
    "look what would be sent": lambda to, ref, _: dry_run.edits(
        connection=to, ref=ref, draft=lambda board: [RenameStage(board.order[0], "Mine")]
    ),
}


@pytest.mark.parametrize("act", EDITS)
@pytest.mark.parametrize("ref", [MY_PLANNER, SECRET, BoardRef(999_999)], ids=str)
def test_what_was_not_shared_is_not_there(
    ada: Connection, bob: User, sandbox: Sandbox, act: str, ref: BoardRef
) -> None:
    lend(ada)
    connection = visit(bob)
    before = len(sandbox.requests)
    assert refusal(lambda: EDITS[act](connection, ref, 3)).status == 404
    assert sandbox.requests[before:] == []


@pytest.mark.parametrize("act", [name for name in EDITS if name != "fetch"])
def test_a_viewer_looks_and_changes_nothing(
    ada: Connection, bob: User, sandbox: Sandbox, act: str
) -> None:
    lend(ada, may_edit=False)
    connection = visit(bob)
    details = boards.fetch(connection=connection, ref=RELAUNCH)
    assert details.barrier is Barrier.LENT_TO_LOOK
    if act != "ask to remove":
        assert refusal(lambda: EDITS[act](connection, RELAUNCH, 5)).status == 403
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize("may_edit", [True, False])
def test_nobody_acts_as_administrator_by_a_shared_webhook(
    ada: Connection, bob: User, sandbox: Sandbox, may_edit: bool
) -> None:
    lend(ada, ROADMAP, may_edit=may_edit)
    connection = visit(bob)
    assert not boards.fetch(connection=connection, ref=ROADMAP).may_act_as_admin
    before = len(sandbox.requests)
    looking = refusal(lambda: boards.fetch(connection=connection, ref=ROADMAP, as_admin=True))
    editing = refusal(
        lambda: stage_edits.rename(
            connection=connection, ref=ROADMAP, stage_id=10, title="Mine", as_admin=True
        )
    )
    assert (looking.status, editing.status) == (403, 403)
    assert sandbox.requests[before:] == []


def test_processes_are_never_shared(ada: Connection, bob: User) -> None:
    lend(ada)
    connection = visit(bob)
    assert refusal(lambda: rpa.list_processes(connection=connection)).status == 404
    assert refusal(lambda: rpa.fetch_stage(connection=connection, stage_id=1)).status == 404


def test_the_history_of_other_boards_is_not_there(
    ada: Connection, bob: User, connect: Connect
) -> None:
    lena = connect("lead")
    hidden = [
        history.make(lena, RenameStage(portal_stage, "Changed"), ref=ref).change_id
        for ref, portal_stage in [(SECRET, 19), (RELAUNCH, 3)]
    ]
    planner = stage_edits.add(connection=ada, ref=MY_PLANNER, title="Private", after_id=None)
    lend(ada)
    connection = visit(bob)
    seen = listing.changes(connection=connection)
    assert [entry.id for entry in seen.entries] == [hidden[1]]
    for change_id in (hidden[0], planner.change_id):
        lost: dict[str, Any] = {"connection": connection, "change_id": change_id}
        assert refusal(partial(undoing.undo, **lost)).status == 404
        restore = partial(restoring.restore, moment="before", targets={}, seen="")
        assert refusal(partial(restore, **lost)).status == 404


def test_what_was_done_on_a_board_that_is_lent_no_more_is_not_there(
    ada: Connection, bob: User, sandbox: Sandbox
) -> None:
    lend(ada)
    change_id = history.make(visit(bob), RenameStage(3, "Check"), ref=RELAUNCH).change_id
    share = sharing.overview(connection=ada).shares[0]
    ids = [ROADMAP.entity_id]
    sharing.change(connection=ada, share_id=share.id, may_edit=True, group_ids=ids)
    lost: dict[str, Any] = {"connection": visit(bob), "change_id": change_id}
    assert refusal(partial(undoing.undo, **lost)).status == 404
    assert "Check" in portal.titles(sandbox, "group-10")
    history.undo(ada, change_id)
    assert refusal(partial(undoing.undo, **lost)).status == 404
