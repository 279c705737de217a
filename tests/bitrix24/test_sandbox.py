"""The client against the sandbox: real answers, and trouble by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.server import Sandbox
from stages.bitrix24 import errors
from stages.bitrix24.addresses import ANYWHERE
from stages.bitrix24.auth import WebhookAuth
from stages.bitrix24.client import Client
from stages.bitrix24.command import Command
from stages.bitrix24.methods import groups, rpa, task_stages, tasks, users
from stages.domain.access import GroupType, Role
from stages.domain.color import Color
from tests.bitrix24.clock import FakeClock

GROUP = 10
SCRUM = 22
BLUE = Color("00C4FB")


@pytest.fixture
def lead(sandbox: Sandbox, clock: FakeClock) -> Iterator[Client]:
    with Client(
        auth=WebhookAuth.parse(sandbox.webhook("lead")), addresses=ANYWHERE, clock=clock
    ) as client:
        yield client


def as_person(sandbox: Sandbox, name: str, clock: FakeClock) -> Client:
    return Client(auth=WebhookAuth.parse(sandbox.webhook(name)), addresses=ANYWHERE, clock=clock)


def first(lead: Client) -> int:
    return lead.call(task_stages.get(entity_id=GROUP))[0].id


def titles(lead: Client) -> list[str]:
    return [stage.name for stage in lead.call(task_stages.get(entity_id=GROUP))]


def test_a_stage_is_added_changed_moved_and_removed(lead: Client) -> None:
    before = titles(lead)
    title = "<img src=x onerror=alert(1)> R&D #1 100% 看板 🚀"
    added = lead.call(
        task_stages.add(entity_id=GROUP, title=title, color=BLUE, after_id=first(lead))
    )
    assert titles(lead) == [before[0], title, *before[1:]]
    last = lead.call(task_stages.get(entity_id=GROUP))[-1].id
    lead.call(task_stages.update(stage_id=added, color=Color("FF5752"), after_id=last))
    moved = lead.call(task_stages.get(entity_id=GROUP))[-1]
    assert (moved.id, moved.title, moved.color) == (added, title, Color("FF5752"))
    lead.call(task_stages.delete(stage_id=added))
    assert titles(lead) == before


def test_a_batch_carries_text_unspoilt(lead: Client) -> None:
    anchor = first(lead)
    texts = ["R&D #1 100%", "a+b=c?d[e]=f", "看板 🚀", "x" * 255, "$result[c0] free"]
    commands = [
        task_stages.add(entity_id=GROUP, title=text, color=BLUE, after_id=anchor) for text in texts
    ]
    assert lead.batch(commands, halt=True).first_error is None
    assert set(texts) <= set(titles(lead))


def test_everything_a_board_needs_is_read_in_one_request(lead: Client, sandbox: Sandbox) -> None:
    stages = task_stages.get(entity_id=GROUP)
    group, roles, kind = (
        groups.get_group(group_id=GROUP),
        groups.roles(group_id=GROUP),
        groups.type_of(group_id=GROUP),
    )
    me = users.profile()
    sandbox.clear_requests()
    answers = lead.batch([stages, group, roles, kind, me])
    assert len(sandbox.requests) == 1
    found = answers[group]
    assert found is not None
    assert found.id == GROUP
    assert answers[roles][answers[me].id] is Role.OWNER
    assert answers[kind] is GroupType.PROJECT
    assert len(answers[stages]) == 5


def test_counts_and_pages_of_tasks_agree(lead: Client) -> None:
    stages = lead.call(task_stages.get(entity_id=GROUP))
    for position, stage in enumerate(stages):
        page, *counts = (
            tasks.in_stage(entity_id=GROUP, stage_id=stage.id, is_first=position == 0),
            *(
                tasks.count(
                    entity_id=GROUP, stage_id=stage.id, is_first=position == 0, completed=completed
                )
                for completed in (None, True, False)
            ),
        )
        answers = lead.batch([page, *counts])
        every, completed, open_ = (answers[one] for one in counts)
        assert answers[page].total == every == (completed or 0) + (open_ or 0)
        assert all(task.stage_id in (stage.id, 0) for task in answers[page].items)


def test_lists_are_read_to_their_end(lead: Client) -> None:
    seen: list[int] = []
    start: int | None = 0
    while start is not None:
        page = lead.call(groups.get_groups(start=start))
        seen += [group.id for group in page.items]
        start = page.next
    assert len(seen) == len(set(seen)) == page.total
    assert lead.call(groups.type_of(group_id=SCRUM)) is GroupType.SCRUM
    assert lead.call(groups.my_roles())[GROUP] is Role.OWNER


@pytest.mark.parametrize("flat", [False, True])
def test_processes_are_read(lead: Client, sandbox: Sandbox, flat: bool) -> None:
    sandbox.switches.set(rpa_flat=flat)
    process = lead.call(rpa.types()).items[0]
    stages = lead.call(rpa.stages(type_id=process.id))
    assert stages[0].is_first
    stage = lead.call(rpa.stage(stage_id=stages[1].id))
    assert stage.tasks
    with pytest.raises(errors.NotFound):
        lead.call(rpa.stage(stage_id=9_999))


def test_without_the_module_its_methods_are_not_found(lead: Client, sandbox: Sandbox) -> None:
    sandbox.switches.set(rpa_module=False)
    with pytest.raises(errors.MethodNotFound):
        lead.call(rpa.types())


@pytest.mark.parametrize(
    ("who", "command", "expected"),
    [
        ("member", task_stages.delete(stage_id=0), errors.StageNotFound),
        (
            "member",
            task_stages.add(entity_id=GROUP, title="x", color=BLUE, after_id=0),
            errors.AccessDenied,
        ),
        (
            "lead",
            task_stages.add(entity_id=GROUP, title="", color=BLUE, after_id=0),
            errors.EmptyTitle,
        ),
        ("narrow", rpa.types(), errors.MissingScope),
        ("dismissed", users.profile(), errors.PersonRefused),
    ],
)
def test_the_portals_refusals_have_their_classes(
    sandbox: Sandbox,
    clock: FakeClock,
    who: str,
    command: Command[Any],
    expected: type[errors.Bitrix24Error],
) -> None:
    with as_person(sandbox, who, clock) as client, pytest.raises(expected) as caught:
        client.call(command)
    assert caught.value.did_not_run


def test_a_first_stage_and_one_with_tasks_stay(lead: Client) -> None:
    stages = lead.call(task_stages.get(entity_id=GROUP))
    with pytest.raises(errors.SystemStage):
        lead.call(task_stages.delete(stage_id=stages[0].id))
    with pytest.raises(errors.NotEmpty):
        lead.call(task_stages.delete(stage_id=stages[1].id))


def test_a_code_nobody_knows_is_a_refusal_of_the_credentials(sandbox: Sandbox) -> None:
    url = sandbox.webhook("lead").replace("sandbox-lead", "wrong")
    with (
        Client(auth=WebhookAuth.parse(url), addresses=ANYWHERE) as client,
        pytest.raises(errors.InvalidCredentials),
    ):
        client.call(users.admin())


READ_SURVIVES = ["limit", "server_error", "html", "html_503", "reset_before", "reset_after"]
READ_SURVIVES += ["half_answer", "no_time"]


@pytest.mark.parametrize("fault", READ_SURVIVES)
def test_a_read_survives(lead: Client, sandbox: Sandbox, fault: str) -> None:
    expected = titles(lead)
    sandbox.faults.arm(fault, times=1)
    assert titles(lead) == expected


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("server_error", errors.PortalFault),
        ("html", errors.PortalFault),
        ("html_503", errors.PortalFault),
        ("reset_before", errors.ConnectionLost),
        ("reset_after", errors.ConnectionLost),
        ("half_answer", errors.ConnectionLost),
        ("ok_error", errors.PortalFault),
    ],
)
def test_a_write_is_sent_once_and_its_fate_is_open(
    lead: Client, sandbox: Sandbox, fault: str, expected: type[errors.Bitrix24Error]
) -> None:
    anchor = first(lead)
    sandbox.clear_requests()
    sandbox.faults.arm(fault, times=1)
    with pytest.raises(expected) as caught:
        lead.call(task_stages.add(entity_id=GROUP, title="Once", color=BLUE, after_id=anchor))
    assert not caught.value.did_not_run
    assert len(sandbox.requests) == 1
    assert titles(lead).count("Once") <= 1


def test_a_write_refused_by_the_limit_lands_once(lead: Client, sandbox: Sandbox) -> None:
    anchor = first(lead)
    sandbox.faults.arm("limit", times=2)
    lead.call(task_stages.add(entity_id=GROUP, title="Once", color=BLUE, after_id=anchor))
    assert titles(lead).count("Once") == 1


def test_a_late_answer_is_not_waited_for(sandbox: Sandbox) -> None:
    sandbox.faults.arm("late_answer", times=1, seconds=5)
    with (
        Client(
            auth=WebhookAuth.parse(sandbox.webhook("lead")), addresses=ANYWHERE, timeout=0.2
        ) as client,
        pytest.raises(errors.NoAnswerInTime),
    ):
        client.call(users.admin())


def test_a_portal_that_moved_says_where_to(lead: Client, sandbox: Sandbox) -> None:
    sandbox.faults.arm("moved", times=1, host="https://new.example")
    with pytest.raises(errors.PortalMoved) as caught:
        lead.call(users.admin())
    assert caught.value.host == "new.example"
    assert str(caught.value) == "the portal has moved to new.example"


def test_a_method_out_of_time_is_not_tried_again(lead: Client, sandbox: Sandbox) -> None:
    sandbox.faults.arm("operation_time_limit", times=1)
    with pytest.raises(errors.OperationTimeLimit):
        lead.call(users.admin())
    assert len(sandbox.requests) == 1


def test_reads_the_limit_refused_inside_a_batch_are_read_again(
    lead: Client, sandbox: Sandbox
) -> None:
    sandbox.faults.arm("batch_limit", times=1, after=1)
    commands = [users.admin() for _ in range(4)]
    answers = lead.batch(commands)
    assert [answers[one] for one in commands] == [False] * 4
    assert [len(request.commands) for request in sandbox.requests] == [4, 3]


def test_half_a_batch_of_writes_is_of_open_fate(lead: Client, sandbox: Sandbox) -> None:
    ids = [stage.id for stage in lead.call(task_stages.get(entity_id=GROUP))]
    sandbox.clear_requests()
    sandbox.faults.arm("half_batch", times=1, after=1)
    commands = [task_stages.update(stage_id=one, after_id=0) for one in ids[1:4]]
    answers = lead.batch(commands, halt=True)
    assert len(sandbox.requests) == 1
    for one in commands:
        error = answers.error(one)
        assert isinstance(error, errors.ConnectionLost)
        assert not error.did_not_run


def test_a_rule_of_the_bucket_is_the_portals(sandbox: Sandbox, clock: FakeClock) -> None:
    sandbox.switches.set(bucket="2/1")
    with as_person(sandbox, "lead", clock) as client:
        for _ in range(2):
            client.call(users.admin())
        with pytest.raises(errors.LimitExceeded):
            client.call(users.admin())
