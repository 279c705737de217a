from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stages.domain import differences, edits
from stages.domain.board import Board
from stages.domain.color import Color
from stages.domain.differences import Added, Moved, Recolored, Removed, Renamed
from stages.domain.edits import AddStage, MoveStage, RecolorStage, RemoveStage, RenameStage
from tests.domain.boards import board, boards, edits_of


def test_each_kind_of_edit_by_somebody_else_is_told() -> None:
    shown = board("New", "Doing", "Review", "QA", "Done")
    actual = shown
    for edit in (
        RenameStage(102, "In progress"),
        RecolorStage(103, Color("123456")),
        MoveStage(105, 101),
        RemoveStage(104),
        AddStage("Archive", Color("123456"), 103),
    ):
        actual = edits.apply(edit, actual, new_id=200)
    assert differences.between(shown, actual) == (
        Moved("Done"),
        Renamed("Doing", "In progress"),
        Recolored("Review"),
        Added("Archive"),
        Removed("QA"),
    )


@given(boards)
def test_the_same_board_has_no_differences(one: Board) -> None:
    assert differences.between(one, one) == ()


@given(st.data())
def test_one_edit_is_at_most_one_difference(data: st.DataObject) -> None:
    before = data.draw(boards)
    edit = data.draw(edits_of(before))
    after = edits.apply(edit, before, new_id=999)
    assert len(differences.between(before, after)) <= 1


def test_a_title_the_portal_has_stored_meanwhile_is_no_difference_to_people() -> None:
    shown = board("New", "Untitled")
    actual = replace(shown, stages=(shown.stages[0], replace(shown.stages[1], title="")))
    assert differences.between(shown, actual) == ()
