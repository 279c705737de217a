from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.domain import edits, restoring
from stages.domain.board import Board
from stages.domain.edits import AddStage, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.domain.stage import Stage
from tests.domain.boards import board, boards, colors, looks, made, titles


@st.composite
def two_boards(draw: st.DrawFn) -> tuple[Board, Board]:
    """A board as it is, and as it was: some stages are new, some gone, all in another order."""
    now = draw(boards)
    kept = draw(st.lists(st.sampled_from(now.stages), unique_by=lambda stage: stage.id))
    lost = st.builds(Stage, st.integers(1, 99), titles, colors, st.just(0))
    gone = draw(st.lists(lost, max_size=3, unique_by=lambda stage: stage.id))
    changed = [replace(stage, title=draw(titles | st.just(stage.title))) for stage in kept]
    return now, replace(now, stages=tuple(draw(st.permutations([*changed, *gone]))))


@given(two_boards().filter(lambda both: both[1].stages))
def test_the_edits_make_the_board_what_it_was(both: tuple[Board, Board]) -> None:
    now, wanted = both
    assert looks(made(restoring.steps(now, wanted), now)) == looks(wanted)


@given(two_boards().filter(lambda both: both[1].stages))
def test_nothing_that_is_first_is_ever_deleted(both: tuple[Board, Board]) -> None:
    on, wanted = both
    for edit in restoring.steps(on, wanted):
        if isinstance(edit, RemoveStage):
            assert on.order[0] != edit.stage_id
        on = edits.apply(edit, on, new_id=1000 + len(on.order))


@given(two_boards())
def test_no_edit_is_made_for_what_is_right_already(both: tuple[Board, Board]) -> None:
    assert restoring.steps(both[1], both[1]) == ()


def test_a_first_stage_that_has_to_go_makes_room_with_one_move() -> None:
    now = board("X", "A", "B")
    wanted = replace(now, stages=now.stages[1:])
    assert restoring.steps(now, wanted) == (MoveStage(102, 0), RemoveStage(101))


def test_a_stage_that_has_to_go_does_not_become_the_first_by_a_move() -> None:
    now = board("A", "X", "B")
    wanted = replace(now, stages=(now.stages[2], now.stages[0]))
    assert restoring.steps(now, wanted) == (MoveStage(103, 0), RemoveStage(102))


def test_the_plan_takes_the_fewest_edits() -> None:
    now = board("A", "B", "C", "D")
    first, second, third, fourth = now.stages
    new = Stage(7, "N", first.color, 0)
    wanted = replace(now, stages=(fourth, first, new, replace(second, title="Bee")))
    assert restoring.steps(now, wanted) == (
        MoveStage(fourth.id, 0),
        RenameStage(second.id, "Bee"),
        AddStage("N", first.color, first.id),
        RemoveStage(third.id),
    )


def test_neighbours_that_both_come_back_come_in_their_order() -> None:
    wanted = board("A", "B", "C", "D")
    now = replace(wanted, stages=(wanted.stages[0], wanted.stages[3]))
    steps = restoring.steps(now, wanted)
    assert [type(edit) for edit in steps] == [AddStage, AddStage]
    assert looks(made(steps, now)) == looks(wanted)


def test_a_colour_comes_back() -> None:
    now = board("A", "B")
    wanted = replace(now, stages=(now.stages[0], replace(now.stages[1], color=now.stages[0].color)))
    assert restoring.steps(now, wanted) == (RecolorStage(102, now.stages[0].color),)


@pytest.mark.parametrize("added", [0, 1, 2])
def test_what_was_added_before_a_failure_is_not_added_again(added: int) -> None:
    wanted = board("A", "B", "C")
    first = replace(wanted, stages=wanted.stages[:1])
    now = made(restoring.steps(first, wanted)[:added], first)
    rest = restoring.steps(now, restoring.recognised(wanted, first, now))
    assert len(rest) == 2 - added
    assert looks(made(rest, now, first_id=950)) == looks(wanted)
