"""Undo of changes: by whom, of what, how often, and why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from sandbox.server import Sandbox
from stages.domain.board import BoardRef
from stages.domain.color import Color
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.models import Change, StageKey
from stages.services import boards, stage_edits
from stages.services.changes import stacks
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.refusals import Refusal
from tests import portal
from tests.conftest import Connect
from tests.services.changes import history
from tests.services.changes.history import BOARD
from tests.services.removals import Meet
from tests.threads import together

RED = Color("FF0000")
FIRST, SECOND, THIRD, FOURTH, FIFTH = 1, 2, 3, 4, 5


def looks(sandbox: Sandbox) -> list[tuple[str, str]]:
    return [(title, color) for _id, title, color in portal.as_stored(sandbox, BOARD)]


@pytest.mark.parametrize(
    "edits",
    [
        [RenameStage(THIRD, "Check")],
        [RecolorStage(THIRD, RED)],
        [MoveStage(FIFTH, 0)],
        [MoveStage(FIRST, THIRD)],
        [AddStage("QA", RED, SECOND)],
        [AddStage("QA", RED, 0)],
        [RemoveStage(FOURTH)],
        [RenameStage(FOURTH, "Bee"), RecolorStage(FOURTH, RED), MoveStage(FOURTH, 0)],
        [MoveStage(FIFTH, 0), MoveStage(THIRD, FIFTH), MoveStage(FIRST, FOURTH)],
    ],
    ids=[
        "rename",
        "recolor",
        "move",
        "move first",
        "add",
        "add first",
        "delete",
        "change",
        "order",
    ],
)
def test_every_edit_is_undone_redone_and_undone_again(
    sandbox: Sandbox, lead: Connection, edits: list[Edit]
) -> None:
    empty(sandbox, FOURTH)
    empty(sandbox, 0)
    before = looks(sandbox)
    outcome = history.make(lead, *edits)
    after = looks(sandbox)
    change = outcome.change_id
    for expected in (before, after, before, after):
        change = history.undo(lead, change).outcome.change_id
        assert looks(sandbox) == expected


def empty(sandbox: Sandbox, stage_id: int) -> None:
    for task in sandbox.portal.tasks.values():
        if task.stage_id == stage_id:
            task.stage_id = SECOND


def test_an_undo_is_a_change_that_names_what_it_undoes(lead: Connection) -> None:
    outcome = history.make(lead, RenameStage(THIRD, "Check"))
    undone = history.undo(lead, outcome.change_id)
    assert history.last().pk == undone.outcome.change_id
    assert (history.last().undoes_id, history.last().action) == (outcome.change_id, "rename")


def test_an_undo_takes_three_requests_and_one_command(sandbox: Sandbox, lead: Connection) -> None:
    change = history.make(lead, MoveStage(FIFTH, 0)).change_id
    lead_sees(lead)
    sandbox.clear_requests()
    history.undo(lead, change)
    assert len(sandbox.requests) == 3
    assert len(portal.writes(sandbox)) == 1


def lead_sees(lead: Connection) -> None:
    """Have the list of boards in the cache."""
    history.newest(lead)


def test_a_stage_that_comes_back_keeps_its_past(sandbox: Sandbox, lead: Connection) -> None:
    empty(sandbox, FOURTH)
    renamed = history.make(lead, RenameStage(FOURTH, "Shipping")).change_id
    deleted = history.make(lead, RemoveStage(FOURTH)).change_id
    assert "was deleted since" in history.refused(lead, renamed).message
    keys = StageKey.objects.count()
    back = history.undo(lead, deleted).outcome.added
    assert back is not None
    assert back != FOURTH
    assert StageKey.objects.count() == keys
    history.undo(lead, renamed)
    assert portal.titles(sandbox, BOARD)[3] == "Ready to ship"
    assert history.newest(lead).stage_id == back


@pytest.mark.parametrize(
    ("done", "since", "reason"),
    [
        (RenameStage(THIRD, "Check"), RenameStage(THIRD, "QA"), "it is “QA” now"),
        (RecolorStage(THIRD, RED), RecolorStage(THIRD, Color("00FF00")), "colour of “Review”"),
        (MoveStage(THIRD, FOURTH), MoveStage(THIRD, FIFTH), "“Review” has been moved since"),
        (RenameStage(FOURTH, "Ship"), RemoveStage(FOURTH), "“Ready to ship” was deleted since"),
    ],
)
def test_what_was_changed_since_stays_and_says_why(
    sandbox: Sandbox, lead: Connection, done: Edit, since: Edit, reason: str
) -> None:
    empty(sandbox, FOURTH)
    change = history.make(lead, done).change_id
    history.make(lead, since)
    before = looks(sandbox)
    refusal = history.refused(lead, change)
    assert reason in refusal.message
    assert (refusal.code, refusal.status) == ("CONFLICT", 409)
    assert looks(sandbox) == before


def test_a_change_of_somebody_else_on_the_portal_is_noticed_too(
    sandbox: Sandbox, lead: Connection
) -> None:
    change = history.make(lead, RenameStage(THIRD, "Check")).change_id
    sandbox.portal.board(BOARD)[2].title = "By hand"
    assert "it is “By hand” now" in history.refused(lead, change).message


def test_what_was_moved_and_put_back_is_not_moved_since(lead: Connection) -> None:
    first = history.make(lead, MoveStage(THIRD, FOURTH)).change_id
    second = history.make(lead, MoveStage(THIRD, FIFTH)).change_id
    history.undo(lead, second)
    history.undo(lead, first)


def test_a_second_undo_says_who_was_first(lead: Connection, connect: Connect) -> None:
    change = history.make(lead, RenameStage(THIRD, "Check")).change_id
    undone = history.undo(connect("admin"), change).outcome.change_id
    assert history.refused(lead, change).message == "Already undone by admin."
    again = history.undo(lead, undone)
    assert again.sentence == "Redo: Review is now called Check."
    assert history.newest(lead).sentence == again.sentence
    told = "Undone by admin, then done again by lead: undo that."
    assert history.refused(lead, change).message == told


@pytest.mark.django_db(transaction=True)
def test_of_two_undos_at_once_one_wins(sandbox: Sandbox, connect: Connect) -> None:
    people = [connect("lead"), connect("admin")]
    change = history.make(people[0], AddStage("QA", RED, SECOND)).change_id
    again = history.undo(people[0], change).outcome.change_id
    before = portal.titles(sandbox, BOARD)

    def attempt(connection: Connection) -> Outcome | Refusal:
        try:
            return history.undo(connection, again).outcome
        except Refusal as refusal:
            return refusal

    calls: list[Callable[[], Outcome | Refusal]] = [partial(attempt, one) for one in people]
    results = together(calls)
    refusals = [one for one in results if isinstance(one, Refusal)]
    assert len(refusals) == 1
    assert refusals[0].message.startswith("Already undone by")
    assert portal.titles(sandbox, BOARD) == [*before[:2], "QA", *before[2:]]


def test_a_stage_that_got_tasks_stays(sandbox: Sandbox, lead: Connection) -> None:
    outcome = history.make(lead, AddStage("QA", RED, SECOND))
    next(iter(sandbox.portal.tasks.values())).stage_id = outcome.added or 0
    refusal = history.refused(lead, outcome.change_id)
    assert refusal.code == "NO_EMPTY"
    assert "QA" in portal.titles(sandbox, BOARD)


def test_a_first_stage_in_which_tasks_have_landed_stays(sandbox: Sandbox, lead: Connection) -> None:
    change = history.make(lead, AddStage("QA", RED, 0)).change_id
    before = looks(sandbox)
    assert "is the first stage and holds tasks" in history.refused(lead, change).message
    assert looks(sandbox) == before


def test_the_tasks_of_a_deleted_stage_are_to_follow_it(sandbox: Sandbox, lead: Connection) -> None:
    empty(sandbox, FOURTH)
    change = history.make(lead, RemoveStage(FOURTH)).change_id
    assert change is not None
    key = StageKey.objects.get(board=BOARD, stage_id=SECOND).pk
    Change.objects.filter(pk=change).update(moved_tasks={"to": key, "ids": [1, 2]})
    undone = history.undo(lead, change)
    assert undone.run is not None
    assert (undone.run.stage_id, undone.run.from_id) == (undone.outcome.added, SECOND)
    assert (undone.run.waiting, undone.run.restored) == ((1, 2), True)


def test_a_member_cannot_undo_and_a_stranger_sees_nothing(
    lead: Connection, connect: Connect
) -> None:
    change = history.make(lead, RenameStage(THIRD, "Check")).change_id
    assert history.refused(connect("member"), change).status == 403
    own = stage_edits.add(connection=lead, ref=BoardRef(0), title="Mine", after_id=None).change_id
    assert history.refused(connect("admin"), own).status == 404


def test_an_undo_survives_a_lost_answer_without_doing_anything_twice(
    sandbox: Sandbox, lead: Connection
) -> None:
    empty(sandbox, FOURTH)
    before = looks(sandbox)
    change = history.make(lead, RemoveStage(FOURTH)).change_id
    lead_sees(lead)
    sandbox.faults.arm("reset_after", method="task.stages.add", times=1)
    history.undo(lead, change)
    assert looks(sandbox) == before


def test_what_was_undone_in_part_says_so_and_can_still_be_undone(
    sandbox: Sandbox, lead: Connection
) -> None:
    before = looks(sandbox)
    order = [MoveStage(FIFTH, 0), MoveStage(THIRD, FIFTH), MoveStage(FIRST, FOURTH)]
    change = history.make(lead, *order).change_id
    sandbox.faults.arm("half_batch", method="task.stages.update", times=2)
    refusal = history.refused(lead, change)
    assert "2 of 3 edits were made" in refusal.hint
    sandbox.faults.clear()
    assert history.newest(lead).sentence.startswith("Undo in part: ")
    history.undo(lead, change)
    assert looks(sandbox) == before
    assert history.newest(lead).sentence.startswith("Undo: ")


def test_a_stage_may_get_another_number_while_an_undo_waits_for_the_board(
    sandbox: Sandbox, lead: Connection, meet: Meet
) -> None:
    change = history.make(lead, RenameStage(THIRD, "Check")).change_id
    lead_sees(lead)

    def come_back() -> None:
        stage = sandbox.portal.stages.pop(THIRD)
        stage.id = 990
        sandbox.portal.stages[990] = stage
        StageKey.objects.filter(board=BOARD, stage_id=THIRD).update(stage_id=990)

    history.undo(meet({1: come_back}), change)
    assert portal.as_stored(sandbox, BOARD)[2][:2] == (990, "Review")


def test_a_stage_that_is_forgotten_does_no_harm(lead: Connection) -> None:
    """Keys that other changes speak of are not pruned; were one lost, the history would stay."""
    change = history.make(lead, MoveStage(THIRD, FIFTH)).change_id
    history.make(lead, MoveStage(FOURTH, 0))
    StageKey.objects.filter(board=BOARD, stage_id__in=[THIRD, FOURTH]).delete()
    assert [entry.can_undo for entry in history.all_of(lead)] == [True, True]
    details = boards.fetch(connection=lead, ref=history.REF)
    assert len(stacks.own(connection=lead, details=details).undo) == 2
    history.undo(lead, change)
