"""Taking a change back, at once and after others have gone on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.domain import edits, ordering, restoring, undo
from stages.domain.board import Board
from stages.domain.color import Color
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.domain.undo import Hindrance, Kind, Past
from tests.domain.boards import board, boards, edits_of, looks, made

A, B, C, D = 101, 102, 103, 104
RED = Color("FF0000")


def past(*done: Edit, on: Board) -> Past:
    return Past(done, on, made(done, on))


def undone(change: Past, now: Board | None = None) -> list[tuple[str, str]]:
    now = now or change.after
    wanted = undo.wanted(change, now)
    assert isinstance(wanted, Board)
    steps = restoring.steps(now, wanted, rather=change.moved)
    return looks(made(steps, now, first_id=970))


@st.composite
def changes(draw: st.DrawFn) -> Past:
    on = draw(boards)
    done = draw(edits_of(on))
    return Past((done,), on, edits.apply(done, on, new_id=900))


@given(changes().filter(lambda change: not edits.changes_nothing(change.edits[0], change.before)))
def test_undone_at_once_the_board_is_as_it_was(change: Past) -> None:
    assert undone(change) == looks(change.before)


@given(boards, st.randoms())
def test_an_order_comes_back_with_the_fewest_moves(on: Board, chance: object) -> None:
    order = list(on.order)
    chance.shuffle(order)  # type: ignore[attr-defined]  # hypothesis' random numbers
    change = past(*(MoveStage(*move) for move in ordering.moves(on.order, order)), on=on)
    wanted = undo.wanted(change, change.after)
    if order == list(on.order):
        assert wanted == Hindrance(Kind.AS_BEFORE)
        return
    assert isinstance(wanted, Board)
    steps = restoring.steps(change.after, wanted)
    assert len(steps) == len(change.edits)
    assert looks(made(steps, change.after)) == looks(on)


@given(changes(), st.data())
def test_what_somebody_else_did_since_survives(change: Past, data: st.DataObject) -> None:
    free = [one for one in change.after.order if one in change.before and one not in _ids(change)]
    if not free or edits.changes_nothing(change.edits[0], change.before):
        return
    foreign = RecolorStage(data.draw(st.sampled_from(free)), RED)
    now = edits.apply(foreign, change.after)
    expected = edits.apply(foreign, change.before)
    assert undone(change, now) == looks(expected)


def _ids(change: Past) -> Sequence[int]:
    return [edit.stage_id for edit in change.edits if not isinstance(edit, AddStage)]


def test_several_edits_of_one_stage_come_back_together() -> None:
    on = board("A", "B", "C")
    change = past(RenameStage(B, "Bee"), RecolorStage(B, RED), MoveStage(B, 0), on=on)
    assert undone(change) == looks(on)


def test_a_deleted_stage_comes_back_after_its_nearest_neighbour_that_is_left() -> None:
    on = board("A", "B", "C", "D")
    change = past(RemoveStage(D), on=on)
    now = made([RemoveStage(C), RemoveStage(B)], change.after)
    assert undone(change, now) == looks(made([RemoveStage(C), RemoveStage(B)], on))
    first = past(RemoveStage(A), on=on)
    assert undone(first, made([RemoveStage(B)], first.after))[0][0] == "A"


def test_a_moved_stage_goes_back_beside_the_neighbour_that_is_left() -> None:
    on = board("A", "B", "C", "D")
    change = past(MoveStage(C, 0), on=on)
    now = made([RemoveStage(B)], change.after)
    assert [name for name, _ in undone(change, now)] == ["A", "C", "D"]


def test_an_undo_of_one_move_leaves_later_moves_of_others() -> None:
    on = board("A", "B", "C")
    change = past(MoveStage(A, C), on=on)
    now = made([MoveStage(B, A)], change.after)
    assert [name for name, _ in undone(change, now)] == ["A", "C", "B"]


def test_an_added_first_stage_goes_again() -> None:
    on = board("A", "B")
    assert undone(past(AddStage("N", RED, 0), on=on)) == looks(on)


@pytest.mark.parametrize(
    ("done", "since", "hindrance"),
    [
        (RenameStage(B, "Bee"), RenameStage(B, "Be"), Hindrance(Kind.TITLE, "Be")),
        (RecolorStage(B, RED), RecolorStage(B, Color("00FF00")), Hindrance(Kind.COLOR, "B")),
        (MoveStage(B, D), MoveStage(B, 0), Hindrance(Kind.PLACE, "B")),
        (RenameStage(B, "Bee"), RemoveStage(B), Hindrance(Kind.GONE, "B")),
        (MoveStage(B, D), RemoveStage(B), Hindrance(Kind.GONE, "B")),
        (RenameStage(B, "Bee"), RenameStage(B, "B"), Hindrance(Kind.AS_BEFORE)),
        (AddStage("N", RED, B), RemoveStage(900), Hindrance(Kind.GONE, "N")),
        (AddStage("N", RED, B), RenameStage(900, "M"), Hindrance(Kind.TITLE, "M")),
        (AddStage("N", RED, B), RecolorStage(900, Color("00FF00")), Hindrance(Kind.COLOR, "N")),
    ],
)
def test_what_was_changed_again_is_not_taken_back(
    done: Edit, since: Edit, hindrance: Hindrance
) -> None:
    change = past(done, on=board("A", "B", "C", "D"))
    assert undo.wanted(change, edits.apply(since, change.after)) == hindrance


def test_a_stage_that_is_there_again_does_not_come_twice() -> None:
    change = past(RemoveStage(B), on=board("A", "B"))
    assert undo.wanted(change, change.before) == Hindrance(Kind.BACK, "B")


def test_a_stage_somebody_else_added_meanwhile_stays() -> None:
    on = board("A", "B")
    done = AddStage("N", RED, A)
    after = made([done, AddStage("Foreign", RED, B)], on)
    assert [name for name, _ in undone(Past((done,), on, after))] == ["A", "B", "Foreign"]


def test_a_second_attempt_goes_on_where_the_first_stopped() -> None:
    change = past(RenameStage(B, "Bee"), MoveStage(B, 0), on=board("A", "B"))
    half = made([MoveStage(B, A)], change.after)
    wanted = undo.wanted(change, half, again=True)
    assert isinstance(wanted, Board)
    assert restoring.steps(half, wanted) == (RenameStage(B, "B"),)
    done = undo.wanted(change, change.before, again=True)
    assert isinstance(done, Board)
    assert restoring.steps(change.before, done) == ()


def test_the_stage_that_was_moved_is_the_one_that_moves_back() -> None:
    """Of two neighbours that change places either could move; people expect their own."""
    for moved, after in ((B, C), (C, A)):
        change = past(MoveStage(moved, after), on=board("A", "B", "C", "D"))
        wanted = undo.wanted(change, change.after)
        assert isinstance(wanted, Board)
        steps = restoring.steps(change.after, wanted, rather=change.moved)
        assert steps == (MoveStage(moved, change.before.anchor_of(moved)),)


def test_a_move_that_is_known_is_none_that_the_board_has_to_show() -> None:
    """Two neighbours that changed places do not tell which of them was moved."""
    change = past(MoveStage(B, C), on=board("A", "B", "C", "D"))
    now = made([MoveStage(B, D)], change.after)
    assert [name for name, _ in undone(change, now)] == ["A", "B", "C", "D"]
    known = undo.wanted(change, now, moved_since=frozenset({B}))
    assert known == Hindrance(Kind.PLACE, "B")


@given(st.permutations(range(6)), st.permutations(range(6)))
def test_a_stage_may_have_stayed_where_some_longest_run_holds_it(
    old: list[int], new: list[int]
) -> None:
    longest = len(old) - len(ordering.moves(old, new))
    runs = (run for run in combinations(new, longest) if list(run) == sorted(run, key=old.index))
    stayed = set().union(*runs)
    assert {one for one in old if ordering.may_have_stayed(one, old, new)} == stayed


def test_edits_of_a_stage_that_the_change_itself_added_go_with_it() -> None:
    on = board("A", "B")
    done = (AddStage("C", RED, A), RenameStage(900, "D"), MoveStage(900, B))
    after = edits.apply(RecolorStage(B, RED), edits.apply(done[0], on, new_id=900))
    change = Past((*done, RecolorStage(B, RED)), on, after)
    assert undone(change) == looks(on)
