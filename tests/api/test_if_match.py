"""Edits meant for a board as it was read, and whole orders in the fewest moves."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.server import Sandbox
from stages.domain import ordering
from tests import portal
from tests.api.conftest import Programs
from tests.api.program import Program
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)

KEY = "group-10"
BOARD = f"boards/{KEY}/"


def test_an_edit_of_a_board_that_has_changed_changes_nothing(
    sandbox: Sandbox, lead: Program
) -> None:
    review, done = portal.stage_id(sandbox, KEY, "Review"), portal.stage_id(sandbox, KEY, "Done")
    old = lead.patch(f"{BOARD}stages/{done}/", {"title": "Shipped"}).etag
    (change,) = lead.get(f"changes/?board={KEY}").body["results"]
    sandbox.portal.board(KEY)[1].title = "Changed on the portal"
    for answer in (
        lead.patch(f"{BOARD}stages/{review}/", {"title": "QA"}, **{"If-Match": old}),
        lead.post(f"{BOARD}stages/", {"title": "QA"}, **{"If-Match": old}),
        lead.put(f"{BOARD}order/", {"stage_ids": [1]}, **{"If-Match": old}),
        lead.delete(f"{BOARD}stages/{review}/?move_tasks_to={done}", **{"If-Match": old}),
        lead.post(f"changes/{change['id']}/undo/", **{"If-Match": old}),
    ):
        assert answer.error == (412, "BOARD_CHANGED")
    assert len(portal.writes(sandbox)) == 1


@pytest.mark.parametrize("form", ["{}", "W/{}", "*"])
def test_an_edit_of_the_board_that_was_read_is_made(
    sandbox: Sandbox, lead: Program, form: str
) -> None:
    review = portal.stage_id(sandbox, KEY, "Review")
    tag = form.format(lead.get(BOARD).etag)
    answer = lead.patch(f"{BOARD}stages/{review}/", {"title": "QA"}, **{"If-Match": tag})
    assert answer.status == 200
    again = lead.patch(f"{BOARD}stages/{review}/", {"title": "Q & A"}, **{"If-Match": answer.etag})
    assert again.status == 200


@pytest.mark.parametrize("tag", ["newest", "", " "])
def test_a_tag_that_is_none_is_invalid(sandbox: Sandbox, lead: Program, tag: str) -> None:
    answer = lead.put(f"{BOARD}order/", {"stage_ids": [1]}, **{"If-Match": tag})
    assert answer.error == (400, "INVALID")
    assert list(sandbox.requests) == []


def test_of_two_programs_that_have_read_the_same_board_one_wins(
    sandbox: Sandbox, programs: Programs
) -> None:
    rivals = programs("lead"), programs("lead")
    tag = rivals[0].get(BOARD).etag
    review = portal.stage_id(sandbox, KEY, "Review")

    def edit(program: Program, title: str) -> int:
        path = f"{BOARD}stages/{review}/"
        return program.patch(path, {"title": title}, **{"If-Match": tag}).status

    statuses = together([lambda: edit(rivals[0], "One"), lambda: edit(rivals[1], "Two")])
    assert sorted(statuses) == [200, 412]
    assert portal.titles(sandbox, KEY)[2] == ("One" if statuses[0] == 200 else "Two")
    assert len(portal.writes(sandbox)) == 1


def test_an_order_of_an_earlier_board_is_late_and_not_wrong(
    sandbox: Sandbox, lead: Program
) -> None:
    old = portal.ids(sandbox, KEY)
    lead.post(f"{BOARD}stages/", {"title": "Another"})
    answer = lead.put(f"{BOARD}order/", {"stage_ids": old[::-1]})
    assert answer.error == (409, "CONFLICT")
    answer = lead.put(f"{BOARD}order/", {"stage_ids": old[1:]})
    assert answer.error == (400, "INVALID")
    assert portal.ids(sandbox, KEY)[:-1] == old


@pytest.mark.parametrize("grown", [True, False])
def test_an_order_of_a_board_that_others_changed_on_the_portal_is_late(
    sandbox: Sandbox, lead: Program, grown: bool
) -> None:
    stages, ready = sandbox.portal.stages, portal.stage_id(sandbox, KEY, "Ready to ship")
    stage = stages[ready]
    if grown:
        del stages[ready]
    old = [one["id"] for one in lead.get(BOARD).body["stages"]]
    if grown:
        stages[ready] = stage
    else:
        del stages[ready]
    answer = lead.put(f"{BOARD}order/", {"stage_ids": old[::-1]})
    assert answer.error == (409, "CONFLICT")
    answer = lead.put(f"{BOARD}order/", {"stage_ids": [*old[1:], 999_999]})
    assert answer.error == (400, "INVALID")
    assert portal.writes(sandbox) == []


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_order_takes_the_fewest_moves_and_three_requests(
    sandbox: Sandbox, lead: Program, data: st.DataObject
) -> None:
    for key in (KEY, f"group-{portal.ROADMAP}"):
        now = portal.ids(sandbox, key)
        wanted = data.draw(st.permutations(now))
        sent, asked = len(portal.writes(sandbox)), len(sandbox.requests)
        answer = lead.put(f"boards/{key}/order/", {"stage_ids": wanted})
        fewest = len(ordering.moves(now, wanted))
        assert (answer.status, answer.body["moves"]) == (200, fewest)
        assert portal.ids(sandbox, key) == wanted
        assert len(portal.writes(sandbox)) - sent == fewest
        assert len(sandbox.requests) - asked <= 3
