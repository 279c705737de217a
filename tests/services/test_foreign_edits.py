"""Somebody else edits the same board: told, never undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from sandbox.server import Sandbox
from stages.domain.board import BoardRef
from stages.domain.edits import AddStage, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.services import boards, stage_edits
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.refusals import Refusal
from tests import portal
from tests.conftest import Connect
from tests.services import removals
from tests.threads import together

REF = BoardRef(portal.RELAUNCH)
BOARD = "group-10"


def test_what_somebody_else_did_is_told_beside_ones_own_edit(
    sandbox: Sandbox, lead: Connection
) -> None:
    shown = boards.fetch(connection=lead, ref=REF).board
    stored = sandbox.portal.board(BOARD)
    stored[2].title = "QA"
    stored[4].sort = 150
    outcome = stage_edits.rename(
        connection=lead, ref=REF, stage_id=stored[0].id, title="Start", shown=shown
    )
    assert outcome.sentence == (
        "Backlog is now called Start. "
        "Changed elsewhere meanwhile: Done moved, Review was renamed to QA."
    )


def test_ones_own_edit_is_no_foreign_one(lead: Connection) -> None:
    shown = boards.fetch(connection=lead, ref=REF).board
    second = shown.order[1]
    edits: list[Callable[[], Outcome]] = [
        lambda: stage_edits.move(
            connection=lead, ref=REF, stage_id=second, after_id=0, shown=shown
        ),
        lambda: stage_edits.add(connection=lead, ref=REF, title="QA", after_id=0, shown=shown),
    ]
    for edit in edits:
        outcome = edit()
        assert outcome.foreign == ()
        shown = outcome.details.board


def test_a_stage_that_somebody_else_had_moved_too_is_told(
    sandbox: Sandbox, lead: Connection
) -> None:
    shown = boards.fetch(connection=lead, ref=REF).board
    stored = sandbox.portal.board(BOARD)
    stored[4].sort = 150
    outcome = stage_edits.move(
        connection=lead, ref=REF, stage_id=stored[4].id, after_id=0, shown=shown
    )
    assert outcome.sentence.endswith("Changed elsewhere meanwhile: Done moved.")
    again = stage_edits.move(
        connection=lead, ref=REF, stage_id=stored[4].id, after_id=0, shown=shown
    )
    assert again.foreign == ()


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_lose_nothing(sandbox: Sandbox, connect: Connect) -> None:
    """Each update rewrites the whole board, so two at the same time would undo each other."""
    lead, admin = connect("lead"), connect("admin")
    ids = portal.ids(sandbox, BOARD)
    sandbox.faults.arm("slow", seconds=0.05)

    def rename(number: int) -> None:
        stage_edits.rename(
            connection=(lead, admin)[number % 2],
            ref=REF,
            stage_id=ids[number],
            title=f"By thread {number}",
        )

    together([partial(rename, number) for number in range(5)])
    assert portal.titles(sandbox, BOARD) == [f"By thread {number}" for number in range(5)]


def test_an_administrator_edits_what_they_are_no_member_of_once_switched_on(
    sandbox: Sandbox, connect: Connect
) -> None:
    admin, ref = connect("admin"), BoardRef(38)
    details = boards.fetch(connection=admin, ref=ref, as_admin=True)
    assert (details.can_edit, details.as_admin) == (True, True)
    assert len(sandbox.requests) == 3
    sandbox.clear_requests()
    second = portal.ids(sandbox, "group-38")[1]
    stage_edits.rename(connection=admin, ref=ref, stage_id=second, title="QA", as_admin=True)
    assert portal.titles(sandbox, "group-38")[1] == "QA"
    assert len(sandbox.requests) == 4


def test_an_administrator_is_offered_the_switch(connect: Connect) -> None:
    details = boards.fetch(connection=connect("admin"), ref=BoardRef(portal.ROADMAP))
    assert (details.can_edit, details.may_act_as_admin, details.as_admin) == (False, True, False)
    own = boards.fetch(connection=connect("admin"), ref=BoardRef(24))
    assert (own.can_edit, own.may_act_as_admin) == (True, False)
    member = boards.fetch(connection=connect("member"), ref=BoardRef(portal.ROADMAP))
    assert not member.may_act_as_admin


@pytest.mark.parametrize(("name", "group", "status"), [("member", 10, 403), ("admin", 9999, 404)])
def test_acting_as_administrator_makes_nothing_and_helps_nobody_else(
    sandbox: Sandbox, connect: Connect, name: str, group: int, status: int
) -> None:
    with pytest.raises(Refusal) as refused:
        boards.fetch(connection=connect(name), ref=BoardRef(group), as_admin=True)
    assert refused.value.status == status
    assert all(
        "isAdmin" not in command.params
        for record in sandbox.requests
        for command in record.commands
    )
    assert sandbox.portal.board("group-9999") == []


def test_every_edit_knows_what_takes_it_back(sandbox: Sandbox, lead: Connection) -> None:
    before = portal.as_stored(sandbox, BOARD)
    review = portal.stage_id(sandbox, BOARD, "Review")
    stage_edits.add(connection=lead, ref=REF, title="QA", after_id=review)
    added = portal.ids(sandbox, BOARD)[3]
    outcomes = [
        stage_edits.rename(connection=lead, ref=REF, stage_id=review, title="Check"),
        stage_edits.recolor(connection=lead, ref=REF, stage_id=review, color="123456"),
        stage_edits.move(connection=lead, ref=REF, stage_id=review, after_id=0),
        removals.delete(lead, REF, added),
    ]
    assert [outcome.undo for outcome in outcomes] == [
        RenameStage(review, "Review"),
        RecolorStage(review, outcomes[1].before[review].color),
        MoveStage(review, before[1][0]),
        AddStage("QA", outcomes[3].before[added].color, before[1][0]),
    ]
    again = stage_edits.add(connection=lead, ref=REF, title="QA", after_id=review)
    assert again.undo == RemoveStage(again.added or 0)


def test_what_is_made_already_is_nobody_elses(sandbox: Sandbox, lead: Connection) -> None:
    shown = boards.fetch(connection=lead, ref=REF).board
    for _ in range(2):  # the answer to the first was lost
        outcome = stage_edits.rename(connection=lead, ref=REF, stage_id=3, title="QA", shown=shown)
    assert outcome.sentence == "Nothing had to be changed."
    assert len(portal.writes(sandbox)) == 1
