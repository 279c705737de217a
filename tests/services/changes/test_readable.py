"""Whose history a person may read: that of boards whose stages the portal lets them read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.cache import cache

from sandbox.server import Sandbox
from stages.domain.access import Grant
from stages.domain.board import BoardRef
from stages.domain.edits import RenameStage
from stages.services import boards, writing
from stages.services.changes import listing, restoring, undoing
from stages.services.changes.undoing import Undone
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from tests import portal
from tests.conftest import Connect
from tests.services.changes import history

CALENDAR = BoardRef(portal.CALENDAR)  # visible to all, its tasks to members alone
PARTNERS = BoardRef(21)  # open to all; Lena moderates it
BUDGET = BoardRef(33)  # secret; neither Lena nor Ada is in it


def rename(connection: Connection, ref: BoardRef, *, as_admin: bool = False) -> int:
    read = boards.fetch(connection=connection, ref=ref, as_admin=as_admin).board
    edit = RenameStage(read.order[1], "Renamed")
    done = writing.write(connection, ref, lambda _board: [edit], as_admin=as_admin)
    assert done.change_id is not None
    return done.change_id


def test_the_board_of_a_visible_group_stays_closed_to_strangers(
    lead: Connection, connect: Connect
) -> None:
    change = rename(lead, CALENDAR)
    stranger = connect("member")
    assert CALENDAR in {board.ref for board in boards.list_boards(connection=stranger)}
    assert listing.changes(connection=stranger).count == 0
    assert listing.changes(connection=stranger, board=CALENDAR).count == 0
    assert listing.boards(connection=stranger) == ()
    assert listing.people(connection=stranger) == ()
    for look in (
        lambda: listing.entry(connection=stranger, change_id=change),
        lambda: restoring.preview(connection=stranger, change_id=change, moment="before"),
        lambda: history.undo(stranger, change),
    ):
        with pytest.raises(Refusal) as refused:
            look()
        assert refused.value.status == 404


def test_an_open_board_is_read_by_strangers_too(lead: Connection, connect: Connect) -> None:
    change = rename(lead, PARTNERS)
    stranger = connect("member")
    assert listing.changes(connection=stranger).count == 1
    assert not listing.entry(connection=stranger, change_id=change).can_undo


def test_all_rights_that_are_not_evident_cost_one_request_in_a_while(
    sandbox: Sandbox, lead: Connection, connect: Connect
) -> None:
    for ref in (CALENDAR, PARTNERS, history.REF):
        rename(lead, ref)
    member = connect("member")
    boards.list_boards(connection=member)
    sandbox.clear_requests()
    assert listing.changes(connection=member).count == 2
    assert listing.changes(connection=member).count == 2
    assert len(sandbox.requests) == 1


def test_where_the_portal_does_not_answer_nothing_is_taken_for_closed(
    sandbox: Sandbox, lead: Connection, connect: Connect
) -> None:
    rename(lead, PARTNERS)
    member = connect("member")
    boards.list_boards(connection=member)
    sandbox.faults.arm("server_error", lasting=True)
    with pytest.raises(Refusal):
        listing.changes(connection=member)
    sandbox.faults.clear()
    assert listing.changes(connection=member).count == 1


def test_what_was_lent_to_look_at_is_read_with_the_lender_s_rights(
    lead: Connection, connect: Connect
) -> None:
    rename(lead, CALENDAR)
    grant = Grant(may_edit=False, groups=frozenset({portal.CALENDAR}))
    assert listing.changes(connection=replace(lead, grant=grant)).count == 1
    assert listing.changes(connection=replace(connect("member"), grant=grant)).count == 0


def test_an_administrator_finds_what_they_did_to_a_secret_group_and_undoes_it(
    sandbox: Sandbox, connect: Connect
) -> None:
    admin = connect("admin")
    boards.list_boards(connection=admin)
    change = rename(admin, BUDGET, as_admin=True)
    assert listing.changes(connection=admin, board=BUDGET).count == 0
    assert history.refused(admin, change).status == 404
    seen = listing.changes(connection=admin, board=BUDGET, as_admin=True)
    assert [(entry.id, entry.can_undo) for entry in seen.entries] == [(change, True)]
    done = undoing.undo(connection=admin, change_id=change, as_admin=True)
    assert isinstance(done, Undone)
    assert "Renamed" not in portal.titles(sandbox, str(BUDGET))


def test_nobody_else_sees_as_administrator(lead: Connection, connect: Connect) -> None:
    change = rename(connect("admin"), BUDGET, as_admin=True)
    with pytest.raises(Refusal) as refused:
        listing.entry(connection=lead, change_id=change, as_admin=True)
    assert refused.value.status == 403
    with pytest.raises(Refusal):
        listing.changes(connection=lead, board=BUDGET, as_admin=True)


def test_a_group_joined_a_moment_ago_is_found(
    sandbox: Sandbox, lead: Connection, connect: Connect
) -> None:
    change = rename(lead, CALENDAR)
    member = connect("member")
    assert listing.changes(connection=member).count == 0
    sandbox.portal.groups[portal.CALENDAR].members[3] = "E"
    assert listing.entry(connection=member, change_id=change).can_undo
    history.undo(member, change)


def test_who_left_a_group_is_not_told_who_undid_what_they_did(
    sandbox: Sandbox, lead: Connection, connect: Connect
) -> None:
    members = sandbox.portal.groups[portal.CALENDAR].members
    members[3] = "E"
    member = connect("member")
    change = rename(member, CALENDAR)
    history.undo(lead, change)
    assert str(history.refused(member, change)) == "Already undone by lead."
    del members[3]
    cache.clear()
    assert history.refused(member, change).status == 404
