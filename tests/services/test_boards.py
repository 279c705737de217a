from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from stages.domain.access import Barrier, Role
from stages.domain.board import MY_PLANNER, BoardRef
from stages.services import boards, words
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from tests import portal
from tests.conftest import Connect


def test_a_groups_board_is_read_in_two_requests(sandbox: Sandbox, lead: Connection) -> None:
    details = boards.fetch(connection=lead, ref=BoardRef(portal.RELAUNCH))
    assert portal.as_read(details.board) == portal.as_stored(sandbox, "group-10")
    assert (details.title, details.can_edit) == ("Website relaunch", True)
    assert len(sandbox.requests) == 2


def test_my_planner_is_the_connected_persons(sandbox: Sandbox, lead: Connection) -> None:
    details = boards.fetch(connection=lead, ref=MY_PLANNER)
    assert portal.as_read(details.board) == portal.as_stored(sandbox, "planner-2")
    assert details.can_edit
    assert len(sandbox.requests) == 2


def test_the_tasks_of_every_stage_are_counted(sandbox: Sandbox, lead: Connection) -> None:
    details = boards.fetch(connection=lead, ref=BoardRef(portal.RELAUNCH))
    visible = [
        task
        for task in sandbox.portal.tasks.values()
        if task.group_id == portal.RELAUNCH and 2 not in task.hidden_from
    ]
    first = details.board.order[0]
    for row in details.stages:
        stage_ids = {0, row.stage.id} if row.stage.id == first else {row.stage.id}
        assert row.task_count == sum(task.stage_id in stage_ids for task in visible)


def test_a_board_of_sixty_stages_takes_one_request_more(sandbox: Sandbox, lead: Connection) -> None:
    details = boards.fetch(connection=lead, ref=BoardRef(portal.CALENDAR))
    assert len(details.stages) == 60
    assert all(row.task_count is not None for row in details.stages)
    assert len(sandbox.requests) == 3


def test_who_may_not_edit_learns_who_may(sandbox: Sandbox, member: Connection) -> None:
    details = boards.fetch(connection=member, ref=BoardRef(portal.RELAUNCH))
    assert details.barrier is Barrier.ONLY_MEMBER
    named = {editor.name: editor.role for editor in details.editors}
    assert named["Lena Lead"] is Role.OWNER
    assert named["Ada Admin"] is Role.MODERATOR
    assert "owner Lena Lead" in words.who_may_edit(details)
    assert len(sandbox.requests) == 2


def test_a_scrum_board_is_not_offered_for_editing(lead: Connection) -> None:
    details = boards.fetch(connection=lead, ref=BoardRef(portal.RELEASE))
    assert details.barrier is Barrier.SCRUM


def test_a_connection_without_the_scope_for_types_goes_by_the_role(
    sandbox: Sandbox, lead: Connection
) -> None:
    webhook = sandbox.find_webhook("lead")
    webhook.scopes = webhook.scopes - {"socialnetwork"}
    assert boards.fetch(connection=lead, ref=BoardRef(portal.RELAUNCH)).can_edit
    assert any(board.can_edit for board in boards.list_boards(connection=lead)[1:])


def test_an_unknown_group_has_no_board_and_gets_none(sandbox: Sandbox, lead: Connection) -> None:
    with pytest.raises(Refusal) as refused:
        boards.fetch(connection=lead, ref=BoardRef(9999))
    assert refused.value.status == 404
    assert sandbox.portal.board("group-9999") == []


def test_a_board_that_is_hidden_is_refused_for_the_reason_in_the_list(connect: Connect) -> None:
    max_member, ref = connect("member"), BoardRef(38)
    with pytest.raises(Refusal) as refused:
        boards.fetch(connection=max_member, ref=ref)
    assert refused.value.status == 403
    listed = {board.ref: board for board in boards.list_boards(connection=max_member)}
    assert refused.value.message == listed[ref].why_not
    assert "its board" in refused.value.hint


def test_the_list_shows_my_planner_first_then_what_may_be_edited(lead: Connection) -> None:
    listed = boards.list_boards(connection=lead)
    assert listed[0].ref == MY_PLANNER
    editable = [board.can_edit for board in listed]
    assert editable == sorted(editable, reverse=True)
    by_id = {board.ref.entity_id: board for board in listed}
    assert by_id[portal.RELAUNCH].can_edit
    assert by_id[portal.RELEASE].barrier is Barrier.SCRUM
    assert by_id[26].barrier is Barrier.ONLY_MEMBER
    assert by_id[35].barrier is Barrier.NOT_MEMBER
    assert by_id[17].closed
    assert 25 not in by_id, "a secret group of others"


def test_the_list_takes_one_request_and_searching_none(sandbox: Sandbox, lead: Connection) -> None:
    boards.list_boards(connection=lead)
    assert len(sandbox.requests) == 1
    found = boards.list_boards(connection=lead, search="re WEB")
    assert [board.title for board in found] == ["Website relaunch"]
    assert boards.list_boards(connection=lead, search="nothing like it") == ()
    assert len(sandbox.requests) == 1


def test_all_pages_of_a_long_list_are_read(sandbox: Sandbox, lead: Connection) -> None:
    model = sandbox.portal.groups[portal.RELAUNCH]
    for number in range(1000, 1120):
        sandbox.portal.groups[number] = type(model)(
            id=number,
            name=f"Team {number}",
            kind="group",
            access="open",
            closed=False,
            members={2: "A"},
            created=model.created,
        )
    listed = boards.list_boards(connection=lead, search="team 1")
    assert len(listed) == 120
    assert all(board.can_edit for board in listed)
    assert len(sandbox.requests) == 3


def test_a_board_opens_without_counts_where_counting_fails(
    sandbox: Sandbox, lead: Connection
) -> None:
    sandbox.faults.arm("operation_time_limit", method="tasks.task.list", times=100)
    details = boards.fetch(connection=lead, ref=BoardRef(portal.RELAUNCH))
    assert len(details.stages) == 5
    assert all(row.task_count is None for row in details.stages)
