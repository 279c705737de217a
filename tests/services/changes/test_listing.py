"""Who sees which changes, and what each of them says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sandbox.server import Sandbox
from stages.domain.access import Grant
from stages.domain.board import MY_PLANNER, BoardRef
from stages.domain.color import Color
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RenameStage
from stages.models import Change, Portal
from stages.services import boards
from stages.services.changes import listing, stacks
from stages.services.connections import Connection
from stages.services.history import recording
from tests import portal
from tests.conftest import Connect
from tests.services.changes import history

RED = Color("FF0000")
SECRET = BoardRef(25)


def titles_seen(connection: Connection) -> list[str]:
    return [entry.board_title for entry in listing.changes(connection=connection).entries]


def test_the_newest_change_comes_first_with_all_there_is_to_know(lead: Connection) -> None:
    history.make(lead, RenameStage(3, "Check"))
    history.make(lead, RecolorStage(3, RED))
    newest, older = listing.changes(connection=lead).entries
    assert (newest.action, older.action) == ("recolor", "rename")
    assert (older.actor, older.source, older.as_admin) == ("lead", "page", False)
    assert (older.board, older.stage_id, older.undone, older.can_undo) == (
        BoardRef(10), 3, False, True,
    )  # fmt: skip
    assert older.before is not None
    assert older.after == {**older.before, "title": "Check"}
    assert older.before["after_id"] == 2
    assert older.sentence == "Review is now called Check."


def test_an_order_is_told_by_numbers(lead: Connection) -> None:
    history.make(lead, MoveStage(5, 0), MoveStage(4, 5))
    entry = history.newest(lead)
    assert entry.stage_id is None
    assert entry.before == {"stage_ids": [1, 2, 3, 4, 5]}
    assert entry.after == {"stage_ids": [5, 4, 1, 2, 3]}


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (RenameStage(3, "Check"), [("Title", "Review", "Check")]),
        (MoveStage(3, 0), [("Place", "after In progress", "at the start")]),
        (AddStage("QA", RED, 5), [("Stage", "not there", "QA"), ("Place", "–", "after Done")]),
        (RecolorStage(3, RED), [("Colour", "#75D900", "#FF0000")]),
    ],
)
def test_people_read_what_was_before_and_what_after(
    lead: Connection, edit: Edit, lines: list[tuple[str, str, str]]
) -> None:
    history.make(lead, edit)
    told = history.newest(lead).lines
    assert [(line.what, line.before.text, line.after.text) for line in told] == lines


def test_an_undone_change_says_so_and_by_whom(lead: Connection) -> None:
    change = history.make(lead, RenameStage(3, "Check")).change_id
    history.undo(lead, change)
    undo, undone = listing.changes(connection=lead).entries
    assert (undone.undone, undone.can_undo, undone.why_not) == (
        True,
        False,
        "Already undone by lead.",
    )
    assert (undo.undoes, undo.undone, undo.can_undo) == (change, False, True)
    history.undo(lead, undo.id)
    redo, undo, undone = listing.changes(connection=lead).entries
    assert (redo.can_undo, undo.undone, undone.undone, undone.can_undo) == (
        True,
        True,
        False,
        False,
    )


def test_later_changes_tell_what_can_no_longer_be_undone_without_a_request(
    sandbox: Sandbox, lead: Connection
) -> None:
    history.make(lead, RenameStage(3, "Check"))
    history.make(lead, RenameStage(3, "QA"))
    history.newest(lead)
    sandbox.clear_requests()
    _newest, older = listing.changes(connection=lead).entries
    assert older.why_not == "The title has been changed since: it is “QA” now."
    assert len(sandbox.requests) == 0


def test_a_board_just_read_tells_what_was_changed_on_the_portal(
    sandbox: Sandbox, lead: Connection
) -> None:
    history.make(lead, RenameStage(3, "Check"))
    sandbox.portal.board("group-10")[2].title = "By hand"
    fresh = boards.fetch(connection=lead, ref=history.REF)
    entry = listing.changes(connection=lead, board=history.REF, fresh=fresh).entries[0]
    assert "it is “By hand” now" in entry.why_not


def test_a_planner_is_seen_by_its_own_person_alone(lead: Connection, connect: Connect) -> None:
    stage = boards.fetch(connection=lead, ref=MY_PLANNER).board.order[1]
    history.make(lead, RenameStage(stage, "Mine"), ref=MY_PLANNER)
    assert titles_seen(lead) == ["My Planner"]
    assert titles_seen(connect("admin")) == []
    assert titles_seen(connect("member")) == []


def test_a_secret_board_is_seen_by_who_can_read_it(lead: Connection, connect: Connect) -> None:
    admin = connect("admin")
    recording.event(
        connection=admin, action=Change.Action.AS_ADMIN_ON, what={}, board=admin.board_key(SECRET)
    )
    seen = SECRET in {board.ref for board in boards.list_boards(connection=lead)}
    assert not seen
    assert titles_seen(lead) == []


def test_nothing_of_another_portal_is_seen(lead: Connection) -> None:
    history.make(lead, RenameStage(3, "Check"))
    other = Portal.objects.create(slug="other", base_url="https://other.example")
    assert titles_seen(replace(lead, portal=other)) == []


def test_a_lent_connection_shows_its_groups_and_no_planner(lead: Connection) -> None:
    stage = boards.fetch(connection=lead, ref=MY_PLANNER).board.order[1]
    history.make(lead, RenameStage(stage, "Mine"), ref=MY_PLANNER)
    history.make(lead, RenameStage(3, "Check"))
    roadmap = BoardRef(portal.ROADMAP)
    third = boards.fetch(connection=lead, ref=roadmap).board.order[2]
    history.make(lead, RenameStage(third, "Later"), ref=roadmap)
    lent = replace(lead, grant=Grant(may_edit=False, groups=frozenset({10})))
    listed = listing.changes(connection=lent).entries
    assert [entry.board for entry in listed] == [BoardRef(10)]


def test_what_one_did_beside_edits_is_seen_by_oneself(lead: Connection, connect: Connect) -> None:
    recording.event(connection=lead, action=Change.Action.CREATE_TOKEN, what={"name": "Nightly"})
    entry = history.newest(lead)
    assert entry.sentence == "Token created: name Nightly."
    assert (entry.board, entry.can_undo) == (None, False)
    assert titles_seen(connect("admin")) == []


def test_the_history_is_filtered_by_board_and_person_and_comes_in_pages(
    lead: Connection, connect: Connect
) -> None:
    admin = connect("admin")
    for number in range(3):
        history.make(lead, RenameStage(3, f"Check {number}"))
    history.make(admin, RenameStage(2, "Doing"))
    names = dict(listing.people(connection=lead))
    assert sorted(names.values()) == ["admin", "lead"]
    of_admin = listing.changes(connection=lead, person=admin.actor.user_id)
    assert [entry.actor for entry in of_admin.entries] == ["admin"]
    assert listing.changes(connection=lead, board=BoardRef(11)).count == 0
    page = listing.changes(connection=lead, board=BoardRef(10), page=2, size=3)
    assert (len(page.entries), page.count, page.pages, page.newer, page.older) == (1, 4, 2, 1, None)


def test_a_reader_sees_why_they_cannot_undo(lead: Connection, connect: Connect) -> None:
    history.make(lead, RenameStage(3, "Check"))
    entry = history.newest(connect("member"))
    assert entry.why_not == "You are a member of this group, not its owner or a moderator."


def test_an_undo_and_redo_and_undo_is_undone(lead: Connection, connect: Connect) -> None:
    admin = connect("admin")
    one = change = history.make(lead, RenameStage(3, "Check")).change_id
    told = []
    for person in (lead, admin, lead, admin):
        change = history.undo(person, change).outcome.change_id
        entry = history.all_of(lead)[-1]
        assert entry.id == one
        told.append((entry.undone, entry.why_not))
        assert history.refused(lead, one).message == entry.why_not
    again = "Undone by lead, then done again by admin: undo that."
    assert told == [
        (True, "Already undone by lead."),
        (False, again),
        (True, "Already undone by lead."),
        (False, again),
    ]


def test_people_are_named_as_they_were_called_last(lead: Connection) -> None:
    for name in ("Lena", "Lena Lead"):
        called = replace(lead, actor=replace(lead.actor, name=name))
        history.make(called, RenameStage(3, f"Check by {name}"))
    assert [name for _number, name in listing.people(connection=lead)] == ["Lena Lead"]


def test_a_board_and_its_history_load_no_more_for_all_that_came_since(lead: Connection) -> None:
    history.make(lead, MoveStage(3, 0))
    history.make(lead, RenameStage(3, "Check"))
    details = boards.fetch(connection=lead, ref=history.REF)
    somebody = User.objects.create(username="somebody")
    row = history.last()
    rows = [Change(**{**fields(row), "user": somebody}) for _ in range(300)]
    Change.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as asked:
        assert len(stacks.own(connection=lead, details=details).undo) == 2
    loaded = [query["sql"] for query in asked if '"before"' in query["sql"]]
    assert len(asked) <= 6
    assert len(loaded) == 1
    with CaptureQueriesContext(connection) as asked:
        assert len(listing.changes(connection=lead, page=7).entries) == 2
    assert len([query for query in asked if '"before"' in query["sql"]]) == 1


def fields(change: Change) -> dict[str, Any]:
    names = ("portal", "board", "actor", "source", "action", "stage", "edits", "before", "after")
    return {name: getattr(change, name) for name in names}
