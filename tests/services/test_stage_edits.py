from __future__ import annotations

import random
from itertools import permutations

import pytest

from sandbox.server import Sandbox
from stages.domain import ordering
from stages.domain.board import MY_PLANNER, BoardRef
from stages.services import stage_edits
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from tests import portal
from tests.services import removals

REF = BoardRef(portal.RELAUNCH)
BOARD = "group-10"
STRANGE = ["<img src=x onerror=alert(1)>", "R&D #1 100%", "看板 🚀", "x" * 255, "a+b=c%20d"]


@pytest.fixture(params=[False, True], ids=["source", "doc"])
def either_portal(request: pytest.FixtureRequest, sandbox: Sandbox) -> Sandbox:
    """Both kinds of portal: absent AFTER_ID keeps the place, or counts as 0."""
    sandbox.switches.set(doc_variant=request.param)
    return sandbox


def test_a_move_is_one_update_and_three_requests(sandbox: Sandbox, lead: Connection) -> None:
    review, backlog = (portal.stage_id(sandbox, BOARD, name) for name in ("Review", "Backlog"))
    outcome = stage_edits.move(connection=lead, ref=REF, stage_id=review, after_id=backlog)
    assert portal.titles(sandbox, BOARD) == [
        "Backlog",
        "Review",
        "In progress",
        "Ready to ship",
        "Done",
    ]
    assert portal.as_read(outcome.details.board) == portal.as_stored(sandbox, BOARD)
    assert portal.writes(sandbox) == [
        ("task.stages.update", {"id": review, "fields": {"AFTER_ID": backlog}})
    ]
    assert len(sandbox.requests) == 3
    assert outcome.sentence == "Review is now after Backlog."


def test_a_new_first_stage_says_that_it_shows_what_was_never_moved(
    sandbox: Sandbox, lead: Connection
) -> None:
    for number in (1, 2):
        sandbox.portal.tasks[number].stage_id = 0
    outcome = stage_edits.add(connection=lead, ref=REF, title="Inbox", after_id=0)
    assert outcome.sentence == (
        "Inbox was added at the start. New tasks will land there. "
        "3 tasks that were never moved to a stage show there now."
    )


def test_a_move_to_the_start_says_where_new_tasks_land(sandbox: Sandbox, lead: Connection) -> None:
    done = portal.stage_id(sandbox, BOARD, "Done")
    outcome = stage_edits.move(connection=lead, ref=REF, stage_id=done, after_id=0)
    assert portal.titles(sandbox, BOARD)[0] == "Done"
    assert "New tasks will land there" in outcome.sentence


def test_the_counts_stay_true_when_another_stage_becomes_the_first(
    sandbox: Sandbox, lead: Connection
) -> None:
    done = portal.stage_id(sandbox, BOARD, "Done")
    outcome = stage_edits.move(connection=lead, ref=REF, stage_id=done, after_id=0)
    visible = [
        task.stage_id
        for task in sandbox.portal.tasks.values()
        if task.group_id == portal.RELAUNCH and 2 not in task.hidden_from
    ]
    for row in outcome.details.stages:
        assert row.task_count == visible.count(row.stage.id)
    assert 0 not in visible


def test_a_move_in_place_sends_nothing(sandbox: Sandbox, lead: Connection) -> None:
    backlog, progress = portal.ids(sandbox, BOARD)[:2]
    stage_edits.move(connection=lead, ref=REF, stage_id=progress, after_id=backlog)
    stage_edits.move(connection=lead, ref=REF, stage_id=progress, after_id=progress)
    stage_edits.move(connection=lead, ref=REF, stage_id=backlog, after_id=0)
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_shuffled_order_takes_the_fewest_moves_in_one_batch(
    sandbox: Sandbox, lead: Connection, seed: int
) -> None:
    key = f"group-{portal.ROADMAP}"
    before = portal.ids(sandbox, key)
    assert len(before) == 12
    wanted = random.Random(seed).sample(before, len(before))
    outcome = stage_edits.reorder(connection=lead, ref=BoardRef(portal.ROADMAP), order=wanted)
    assert portal.ids(sandbox, key) == wanted
    assert list(outcome.details.board.order) == wanted
    run = len(ordering.longest_increasing([before.index(stage_id) for stage_id in wanted]))
    assert len(portal.writes(sandbox)) == 12 - run
    assert [record.method for record in sandbox.requests] == ["batch"] * 3


def test_every_order_of_five_stages_comes_out_as_wanted(sandbox: Sandbox, lead: Connection) -> None:
    for wanted in permutations(portal.ids(sandbox, BOARD)):
        outcome = stage_edits.reorder(connection=lead, ref=REF, order=wanted)
        assert outcome.details.board.order == wanted
        assert portal.ids(sandbox, BOARD) == list(wanted)


def test_a_whole_new_order_of_sixty_stages_takes_one_request_more(
    sandbox: Sandbox, lead: Connection
) -> None:
    key = f"group-{portal.CALENDAR}"
    wanted = list(reversed(portal.ids(sandbox, key)))
    stage_edits.reorder(connection=lead, ref=BoardRef(portal.CALENDAR), order=wanted)
    assert portal.ids(sandbox, key) == wanted
    assert len(portal.writes(sandbox)) == 59
    assert len(sandbox.requests) == 4


def test_a_single_move_that_is_missing_is_a_plain_update(
    sandbox: Sandbox, lead: Connection
) -> None:
    ids = portal.ids(sandbox, BOARD)
    stage_edits.reorder(connection=lead, ref=REF, order=[*ids[1:], ids[0]])
    assert len(portal.writes(sandbox)) == 1


@pytest.mark.parametrize("order", [[], [1, 2, 3], "twice"])
def test_an_order_that_does_not_name_every_stage_once_sends_nothing(
    sandbox: Sandbox, lead: Connection, order: list[int] | str
) -> None:
    ids = portal.ids(sandbox, BOARD)
    wanted = [*ids, ids[0]] if isinstance(order, str) else order
    with pytest.raises(Refusal) as refused:
        stage_edits.reorder(connection=lead, ref=REF, order=wanted)
    assert refused.value.status == 400
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize("position", range(5))
def test_a_rename_keeps_every_place(
    either_portal: Sandbox, lead: Connection, position: int
) -> None:
    ids = portal.ids(either_portal, BOARD)
    outcome = stage_edits.rename(connection=lead, ref=REF, stage_id=ids[position], title="Renamed")
    assert portal.ids(either_portal, BOARD) == ids
    assert portal.titles(either_portal, BOARD)[position] == "Renamed"
    assert portal.as_read(outcome.details.board) == portal.as_stored(either_portal, BOARD)
    assert len(either_portal.requests) == 3


@pytest.mark.parametrize("position", range(5))
def test_a_recolour_keeps_every_place(
    either_portal: Sandbox, lead: Connection, position: int
) -> None:
    ids = portal.ids(either_portal, BOARD)
    stage_edits.recolor(connection=lead, ref=REF, stage_id=ids[position], color="#aabbcc")
    assert portal.ids(either_portal, BOARD) == ids
    assert either_portal.portal.board(BOARD)[position].color == "AABBCC"


@pytest.mark.parametrize("title", STRANGE)
def test_a_title_survives_as_it_is(sandbox: Sandbox, lead: Connection, title: str) -> None:
    second = portal.ids(sandbox, BOARD)[1]
    outcome = stage_edits.rename(connection=lead, ref=REF, stage_id=second, title=title)
    assert outcome.details.board[second].title == title
    assert portal.titles(sandbox, BOARD)[1] == title
    stage_edits.add(connection=lead, ref=REF, title=title, after_id=second)
    assert portal.titles(sandbox, BOARD)[2] == title
    stage_edits.reorder(connection=lead, ref=REF, order=list(reversed(portal.ids(sandbox, BOARD))))
    assert portal.titles(sandbox, BOARD).count(title) == 2


def test_a_stage_is_added_where_it_is_wanted(sandbox: Sandbox, lead: Connection) -> None:
    backlog = portal.ids(sandbox, BOARD)[0]
    for after_id, title, position in ((backlog, "QA", 1), (0, "Start", 0), (None, "End", -1)):
        outcome = stage_edits.add(connection=lead, ref=REF, title=title, after_id=after_id)
        stored = sandbox.portal.board(BOARD)[position]
        assert (stored.title, stored.id) == (title, outcome.added)
        assert len(sandbox.requests) == 3
        sandbox.clear_requests()
    assert outcome.details.stage(outcome.added or 0).task_count == 0


def test_a_stage_without_a_colour_gets_the_next_default(sandbox: Sandbox, lead: Connection) -> None:
    stage_edits.add(connection=lead, ref=REF, title="QA", after_id=None)
    assert sandbox.portal.board(BOARD)[-1].color == "468EE5"
    stage_edits.add(connection=lead, ref=REF, title="QA", color="#abc", after_id=None)
    assert sandbox.portal.board(BOARD)[-1].color == "AABBCC"


def test_a_stage_is_added_to_a_planner_and_only_there(sandbox: Sandbox, lead: Connection) -> None:
    stage_edits.add(connection=lead, ref=MY_PLANNER, title="Someday", after_id=None)
    assert portal.titles(sandbox, "planner-2")[-1] == "Someday"
    assert "Someday" not in portal.titles(sandbox, "planner-1")


def test_an_empty_stage_is_deleted(sandbox: Sandbox, lead: Connection) -> None:
    stage_edits.add(connection=lead, ref=REF, title="QA", after_id=None)
    added = portal.ids(sandbox, BOARD)[-1]
    sandbox.clear_requests()
    outcome = removals.delete(lead, REF, added)
    assert added not in portal.ids(sandbox, BOARD)
    assert added not in outcome.details.board
    assert len(sandbox.requests) == 3


def test_the_first_stage_is_not_even_tried(sandbox: Sandbox, lead: Connection) -> None:
    with pytest.raises(Refusal) as refused:
        removals.delete(lead, REF, portal.ids(sandbox, BOARD)[0])
    assert refused.value.code == "CANT_DELETE_FIRST"
    assert portal.writes(sandbox) == []


def test_a_stage_with_hidden_tasks_stays_and_says_so(sandbox: Sandbox, lead: Connection) -> None:
    stage_edits.add(connection=lead, ref=REF, title="QA", after_id=None)
    added = portal.ids(sandbox, BOARD)[-1]
    tasks = sandbox.portal.tasks.values()
    task = next(task for task in tasks if task.group_id == 10 and task.hidden_from == {2})
    task.stage_id, task.hidden_from = added, frozenset({2})
    with pytest.raises(Refusal) as refused:
        removals.delete(lead, REF, added)
    assert refused.value.code == "NO_EMPTY"
    assert "hidden" in refused.value.message + refused.value.hint
    assert refused.value.board is not None
    assert added in refused.value.board.board


def test_a_default_stage_without_a_title_is_moved_under_the_name_it_shows(
    sandbox: Sandbox, lead: Connection
) -> None:
    key, ref = f"group-{portal.SUPPORT}", BoardRef(portal.SUPPORT)
    new, work, finished = portal.ids(sandbox, key)
    stage_edits.move(connection=lead, ref=ref, stage_id=work, after_id=finished)
    assert portal.ids(sandbox, key) == [new, finished, work]
    assert portal.titles(sandbox, key)[-1] == "In progress"


def test_a_default_stage_without_a_title_is_recoloured_where_it_is(
    sandbox: Sandbox, lead: Connection
) -> None:
    key, ref = f"group-{portal.SUPPORT}", BoardRef(portal.SUPPORT)
    order = portal.ids(sandbox, key)
    stage_edits.recolor(connection=lead, ref=ref, stage_id=order[1], color="FF0000")
    assert portal.ids(sandbox, key) == order
    assert sandbox.portal.board(key)[1].color == "FF0000"


def test_a_whole_order_with_a_stage_without_a_title_comes_out_right(
    sandbox: Sandbox, lead: Connection
) -> None:
    key, ref = f"group-{portal.SUPPORT}", BoardRef(portal.SUPPORT)
    wanted = list(reversed(portal.ids(sandbox, key)))
    outcome = stage_edits.reorder(connection=lead, ref=ref, order=wanted)
    assert portal.ids(sandbox, key) == wanted
    assert list(outcome.details.board.order) == wanted
    titled = [params["id"] for _, params in portal.writes(sandbox) if "TITLE" in params["fields"]]
    assert set(titled) <= {wanted[1]}, "only the stage without a stored title is given one"


def test_a_stage_added_to_a_board_without_any_comes_after_the_default_ones(
    sandbox: Sandbox, lead: Connection
) -> None:
    ref = BoardRef(portal.OFFICE)
    stage_edits.add(connection=lead, ref=ref, title="Moved in", after_id=None)
    assert portal.titles(sandbox, str(ref))[-1] == "Moved in"
