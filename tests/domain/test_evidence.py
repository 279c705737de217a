from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stages.domain import edits, evidence
from stages.domain.color import Color
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from tests.domain.boards import board, boards, edits_of, made

BLUE = Color("00C4FB")


@given(st.data())
def test_a_board_after_edits_shows_all_of_them(data: st.DataObject) -> None:
    before = data.draw(boards)
    wanted: list[Edit] = []
    planned = before
    for number in range(data.draw(st.integers(1, 3))):
        if not planned.order:
            break
        edit = data.draw(edits_of(planned))
        wanted.append(edit)
        planned = edits.apply(edit, planned, new_id=900 + number)
    last = wanted[-1:]
    on = made(wanted[:-1], before)
    assert evidence.all_show(last, on, edits.apply(last[0], on, new_id=990))


def test_a_board_without_an_edit_does_not_show_it() -> None:
    before = board("New", "Doing", "Done")
    for edit in (
        AddStage("Review", BLUE, 102),
        AddStage("Doing", BLUE, 102),
        RenameStage(102, "Review"),
        RecolorStage(102, Color("ABCDEF")),
        MoveStage(102, 103),
        RemoveStage(102),
    ):
        assert not evidence.shown([edit], before, before)


def test_an_edit_of_a_stage_that_is_gone_does_not_show() -> None:
    before = board("New", "Doing")
    after = edits.apply(RemoveStage(102), before)
    assert not evidence.shown([RenameStage(102, "Done")], before, after)


def test_the_first_half_of_an_order_shows() -> None:
    before = board("A", "B", "C")
    wanted = [MoveStage(103, 0), MoveStage(102, 103)]
    half = edits.apply(wanted[0], before)
    assert evidence.shown(wanted, before, half) == (wanted[0],)


def test_half_an_order_shows_though_no_stage_stands_where_it_will() -> None:
    before = board("A", "B", "C", "D")
    wanted = [MoveStage(104, 101), MoveStage(103, 104), MoveStage(101, 102)]
    half = edits.apply(wanted[0], before)
    assert evidence.shown(wanted, before, half) == (wanted[0],)
    joined = edits.apply(AddStage("New", BLUE, 0), half, new_id=900)
    assert evidence.shown(wanted, before, joined) == (wanted[0],)


def test_a_move_is_judged_by_the_place_that_all_edits_give_it() -> None:
    before = board("A", "B", "C", "D")
    wanted = [MoveStage(101, 103), MoveStage(102, 103)]
    assert evidence.all_show(wanted, before, made(wanted, before))


def test_of_two_stages_alike_one_shows_one() -> None:
    before = board("A")
    twice = [AddStage("B", BLUE, 101), AddStage("B", BLUE, 101)]
    one = edits.apply(twice[0], before, new_id=900)
    assert len(evidence.shown(twice, before, one)) == 1
    assert evidence.all_show(twice, before, edits.apply(twice[1], one, new_id=901))


def test_a_move_after_an_added_stage_shows_where_a_new_one_stands() -> None:
    before = board("A", "B", "C")
    added = edits.apply(AddStage("X", BLUE, 101), before, new_id=900)
    wanted: list[Edit] = [AddStage("X", BLUE, 101), RenameStage(102, "B2")]
    actual = edits.apply(RenameStage(102, "B2"), added)
    assert evidence.all_show(wanted, before, actual)
