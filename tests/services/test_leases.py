"""One write at a time per board, whoever makes it and wherever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from sandbox.server import Sandbox
from stages.bitrix24.clock import SYSTEM, Deadline
from stages.bitrix24.methods import task_stages, users
from stages.domain.board import BoardRef
from stages.models import BoardLease
from stages.services import leases, refusals, stage_removal, turns
from stages.services.connections import Connection
from stages.services.leases import Lease
from stages.services.refusals import Refusal
from tests import portal
from tests.services import removals
from tests.services.removals import Meet
from tests.threads import together

REF, OTHER = BoardRef(portal.RELAUNCH), BoardRef(portal.ROADMAP)


def soon() -> Deadline:
    return Deadline.within(0.2, SYSTEM)


@pytest.fixture
def held(lead: Connection) -> Iterator[Lease]:
    with ExitStack() as stack:
        yield stack.enter_context(leases.held(lead, REF, Deadline.within(30, SYSTEM)))


def its_holder_died() -> None:
    """Let the lease run out while nobody gives it back."""
    BoardLease.objects.update(expires_at=Now() - timedelta(seconds=1))


def test_a_board_that_is_held_is_refused_to_others(lead: Connection, held: Lease) -> None:
    with pytest.raises(Refusal) as refused, leases.held(lead, REF, soon()):
        pass
    assert (refused.value.code, refused.value.status) == ("BOARD_BUSY", 503)
    assert held.intent is None


def test_other_boards_stay_free(lead: Connection, held: Lease) -> None:
    with leases.held(lead, OTHER, soon()) as other:
        assert other.row_id != held.row_id


def test_a_board_is_free_again_after_the_block_whatever_happened(lead: Connection) -> None:
    with pytest.raises(ZeroDivisionError), leases.held(lead, REF, soon()):
        raise ZeroDivisionError
    with leases.held(lead, REF, soon()):
        pass


def test_the_board_of_a_holder_that_died_goes_to_the_next_one(
    lead: Connection, held: Lease
) -> None:
    its_holder_died()
    with leases.held(lead, REF, soon()) as following:
        assert following.fence == held.fence + 1


def test_who_has_lost_the_board_sends_nothing_more(lead: Connection, held: Lease) -> None:
    its_holder_died()
    with leases.held(lead, REF, soon()) as following:
        for step in (held.assure, held.settle, lambda: held.intend({"late": True})):
            with pytest.raises(Refusal):
                step()
        held.release()
        following.assure()


def test_a_lease_that_ran_out_is_lost_though_nobody_took_it(held: Lease) -> None:
    its_holder_died()
    with pytest.raises(Refusal):
        held.assure()


def test_who_has_written_and_lost_the_board_does_not_say_that_nothing_was_changed(
    held: Lease,
) -> None:
    held.assure()
    its_holder_died()
    with pytest.raises(Refusal) as refused:
        held.intend({"edit": 1})
    assert refused.value.code == refusals.out_of_sight().code
    assert "Nothing was changed" not in refused.value.hint


def test_what_is_intended_counts_from_when_it_is_sent(held: Lease) -> None:
    held.intend({"edit": 1})
    BoardLease.objects.update(sent_at=Now() - timedelta(seconds=20))
    held.assure()
    assert not BoardLease.objects.filter(sent_at__lt=Now() - timedelta(seconds=10)).exists()


def test_an_intent_is_left_to_the_next_holder_with_its_age(lead: Connection) -> None:
    with leases.held(lead, REF, soon()) as lease:
        lease.intend({"edit": 1})
    BoardLease.objects.update(sent_at=Now() - timedelta(seconds=20))
    with leases.held(lead, REF, soon()) as following:
        assert following.intent == {"edit": 1}
        assert 20 <= following.age < 25
        following.settle()
    with leases.held(lead, REF, soon()) as last:
        assert last.intent is None


def test_a_planner_belongs_to_one_person(lead: Connection, member: Connection) -> None:
    planner = BoardRef(0)
    with leases.held(lead, planner, soon()), leases.held(member, planner, soon()):
        pass


@pytest.mark.django_db(transaction=True)
def test_threads_take_turns(lead: Connection) -> None:
    inside: list[int] = []

    def work() -> int:
        with leases.held(lead, REF, Deadline.within(30, SYSTEM)) as lease:
            inside.append(1)
            alone = len(inside)
            lease.assure()
            inside.pop()
            return alone

    assert together([work] * 8) == [1] * 8
    assert BoardLease.objects.get().fence == 8


def test_no_write_goes_out_once_the_board_is_lost(sandbox: Sandbox, lead: Connection) -> None:
    with turns.taken(lead, REF) as turn:
        read = turn.read()
        its_holder_died()
        late = task_stages.update(stage_id=read.board.order[1], title="Late")
        for send in (turn.connection.client.call, lambda one: turn.connection.client.batch([one])):
            with pytest.raises(Refusal):
                send(late)
        turn.connection.client.call(users.profile())
    assert portal.writes(sandbox) == []


def test_who_loses_the_board_half_way_does_not_say_that_nothing_was_changed(
    sandbox: Sandbox, meet: Meet
) -> None:
    removals.everything_visible(sandbox)
    lead = meet({3: its_holder_died})  # the request of the second ten
    with pytest.raises(Refusal) as refused:
        stage_removal.remove(connection=lead, ref=REF, run=removals.TO_BACKLOG)
    assert len(portal.writes(sandbox)) == 10
    assert "Nothing was changed" not in refused.value.hint
    assert "It may have been made." in refused.value.hint
