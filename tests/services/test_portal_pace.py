"""What the portal's earlier answers mean for the next request, whoever makes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.bitrix24 import errors, ratelimit
from stages.bitrix24.methods import users
from stages.domain.actor import Actor
from stages.domain.board import BoardRef
from stages.models import Credential, MethodBlock, Portal, PortalPace
from stages.services import boards, connections, portal_pace, portions, stage_edits, words
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from tests import factories, portal
from tests.services import removals

REF = BoardRef(portal.RELAUNCH)
COUNT = "tasks.task.list"
UPDATE = "task.stages.update"


@pytest.fixture
def credential(sandbox: Sandbox, db: None) -> Iterator[Credential]:  # noqa: ARG001 (for the rows)
    yield factories.credential(sandbox, "lead")
    connections.forget()


def visit(credential: Credential) -> Connection:
    """Connect as the product does, which remembers and holds back."""
    found = Credential.objects.select_related("portal").get(pk=credential.pk)
    return connections.use(credential=found, actor=Actor(found.user_id, "lead"))


def call(connection: Connection) -> None:
    connection.client.call(users.profile())


def meet_dead_answers(sandbox: Sandbox, credential: Credential, count: int) -> None:
    sandbox.faults.arm("html", times=100)
    for _ in range(count):
        with pytest.raises(errors.Bitrix24Error):
            call(visit(credential))
    sandbox.faults.clear()


def take(credential: Credential, *, background: bool = False) -> None:
    bucket = portal_pace.bucket(credential.portal)
    assert bucket
    bucket.take(patience=0, background=background)


def full(credential: Credential, *, seconds: float) -> None:
    """Fill the portal's bucket so that nothing more fits for some seconds."""
    bucket = portal_pace.bucket(credential.portal)
    assert bucket
    bucket.fill(pause=seconds)


# The bucket


def test_every_person_of_a_portal_takes_from_one_bucket(
    sandbox: Sandbox, credential: Credential
) -> None:
    full(factories.credential(sandbox, "member"), seconds=60)
    with pytest.raises(errors.LimitExceeded) as refused:
        call(visit(credential))
    assert refused.value.retry_after == pytest.approx(60, abs=2)
    assert sandbox.requests == []


def test_a_short_wait_is_waited_for(sandbox: Sandbox, credential: Credential) -> None:
    full(credential, seconds=0.3)
    call(visit(credential))
    assert len(sandbox.requests) == 1


def test_a_refusal_by_the_portal_is_told_to_all(sandbox: Sandbox, credential: Credential) -> None:
    sandbox.faults.arm("limit", times=1)
    call(visit(credential))
    with pytest.raises(errors.LimitExceeded):
        take(credential)


def test_a_portal_without_a_limit_is_never_waited_for(
    sandbox: Sandbox, credential: Credential
) -> None:
    full(credential, seconds=60)
    portal_pace.set_plan(portal=credential.portal, plan=Portal.Plan.SELF_HOSTED)
    call(visit(credential))
    assert len(sandbox.requests) == 1


def test_an_enterprise_portal_takes_more(credential: Credential) -> None:
    portal_pace.set_plan(portal=credential.portal, plan=Portal.Plan.ENTERPRISE)
    for _ in range(200):
        take(credential)


def test_background_work_stops_where_people_go_on(sandbox: Sandbox, credential: Credential) -> None:
    for _ in range(ratelimit.STANDARD.burst):
        take(credential)
    connection = visit(credential)
    with pytest.raises(errors.LimitExceeded) as refused:
        call(connection.in_background())
    assert refused.value.retry_after == pytest.approx(5.5, abs=0.5)
    assert sandbox.requests == []
    call(connection)


def test_a_deletion_that_nobody_waits_for_leaves_room_for_people(
    sandbox: Sandbox, credential: Credential, settings: Settings
) -> None:
    settings.BITRIX24_TIMEOUT = 2
    removals.everything_visible(sandbox)
    connection = visit(credential)

    def fill_up(_moved: int, _total: int) -> bool:
        with suppress(errors.LimitExceeded):
            while True:
                take(credential)
        return False

    with pytest.raises(Refusal) as refused:
        portions.remove(connection=connection, ref=REF, run=removals.TO_BACKLOG, watch=fill_up)
    assert refused.value.code == "PORTAL_LIMIT"
    call(connection)


# The rest of a portal


def test_a_portal_rests_after_three_dead_answers_in_a_row(
    sandbox: Sandbox, credential: Credential
) -> None:
    meet_dead_answers(sandbox, credential, 3)
    sandbox.clear_requests()
    connections.forget()  # as another process would begin
    with pytest.raises(errors.PortalResting) as refused:
        call(visit(credential))
    assert refused.value.did_not_run
    assert refused.value.retry_after == pytest.approx(30, abs=3)
    assert sandbox.requests == []


def test_one_good_answer_begins_the_count_anew(sandbox: Sandbox, credential: Credential) -> None:
    meet_dead_answers(sandbox, credential, 2)
    call(visit(credential))
    meet_dead_answers(sandbox, credential, 2)
    call(visit(credential))


def test_refusals_never_put_a_portal_to_rest(sandbox: Sandbox, credential: Credential) -> None:
    sandbox.faults.arm("refused_by_code", code="ACCESS_DENIED", times=100)
    for _ in range(5):
        with pytest.raises(errors.AccessDenied):
            call(visit(credential))


def test_an_operation_under_way_is_not_stopped_by_a_rest(
    sandbox: Sandbox, credential: Credential
) -> None:
    under_way = visit(credential)
    meet_dead_answers(sandbox, credential, 3)
    # One good answer ends the rest, so the later visitor comes first.
    with pytest.raises(errors.PortalResting):
        call(visit(credential))
    call(under_way)
    call(visit(credential))


def test_trying_again_asks_a_resting_portal(sandbox: Sandbox, credential: Credential) -> None:
    meet_dead_answers(sandbox, credential, 3)
    call(visit(credential).probing())
    call(visit(credential))


def test_a_portal_that_is_still_dead_rests_anew(sandbox: Sandbox, credential: Credential) -> None:
    meet_dead_answers(sandbox, credential, 3)
    before = PortalPace.objects.get().rests_until
    sandbox.faults.arm("html", times=100)
    with pytest.raises(errors.Bitrix24Error):
        call(visit(credential).probing())
    after = PortalPace.objects.get().rests_until
    assert before
    assert after
    assert after > before


def test_after_its_rest_a_portal_is_asked_and_one_dead_answer_is_enough(
    sandbox: Sandbox, credential: Credential
) -> None:
    meet_dead_answers(sandbox, credential, 3)
    long_ago = timezone.now() - timedelta(seconds=1)
    PortalPace.objects.update(rests_until=long_ago)
    meet_dead_answers(sandbox, credential, 1)
    with pytest.raises(errors.PortalResting):
        call(visit(credential))


# Operating time


def test_a_board_opens_without_counts_where_counting_is_blocked(
    sandbox: Sandbox, credential: Credential
) -> None:
    sandbox.faults.arm("operation_time_limit", method=COUNT, times=100)
    boards.fetch(connection=visit(credential), ref=REF)
    sandbox.faults.clear()
    sandbox.clear_requests()
    connections.forget()  # as another process would begin
    details = boards.fetch(connection=visit(credential), ref=REF)
    assert details.can_edit
    assert [row.task_count for row in details.stages] == [None] * 5
    assert "It lifts the pause in 10 minutes" in words.why_not_counted(details)
    sent = [command.method for record in sandbox.requests for command in record.commands]
    assert COUNT not in sent
    connection = visit(factories.credential(sandbox, "member"))
    assert boards.fetch(connection=connection, ref=REF).counting_resumes_in is None


def test_a_block_ends_when_the_portal_said(sandbox: Sandbox, credential: Credential) -> None:
    sandbox.faults.arm("operation_time_limit", method=COUNT, times=100)
    boards.fetch(connection=visit(credential), ref=REF)
    sandbox.faults.clear()
    MethodBlock.objects.update(ends_at=timezone.now())
    details = boards.fetch(connection=visit(credential), ref=REF)
    assert details.counting_resumes_in is None
    assert None not in [row.task_count for row in details.stages]


@pytest.mark.parametrize("reset_at", [0.0, 1e14, None])
def test_a_block_never_lasts_longer_than_ten_minutes(
    credential: Credential, reset_at: float | None
) -> None:
    portal_pace.gate(credential).block(COUNT, reset_at=reset_at)
    assert MethodBlock.objects.get().ends_at <= timezone.now() + timedelta(seconds=600)


def test_an_edit_by_a_blocked_method_is_refused_before_anything_is_sent(
    sandbox: Sandbox, credential: Credential
) -> None:
    portal_pace.gate(credential).block(UPDATE, reset_at=None)
    order = list(reversed(portal.ids(sandbox, "group-10")))
    with pytest.raises(Refusal) as refused:
        stage_edits.reorder(connection=visit(credential), ref=REF, order=order)
    assert (refused.value.code, refused.value.status) == ("PORTAL_LIMIT", 503)
    assert refused.value.hint.startswith("Nothing was changed. It lifts the pause in 10 minutes")
    assert refused.value.wait == pytest.approx(600, abs=3)
    assert portal.writes(sandbox) == []
