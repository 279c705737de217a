from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.domain import edits
from stages.domain.board import Board
from stages.domain.color import Color
from stages.domain.edits import AddStage, MoveStage, RecolorStage, RemoveStage, RenameStage
from tests.domain.boards import board, boards, edits_of

NEW_ID = 999


def looks(one: Board) -> list[tuple[str, Color]]:
    return [(stage.name, stage.color) for stage in one.stages]


@given(st.data())
def test_an_edit_and_its_inverse_leave_the_board_as_it_looked(data: st.DataObject) -> None:
    before = data.draw(boards)
    edit = data.draw(edits_of(before))
    after = edits.apply(edit, before, new_id=NEW_ID)
    back = edits.apply(edits.inverse(edit, before, added=NEW_ID), after, new_id=NEW_ID + 1)
    assert looks(back) == looks(before)


@pytest.mark.parametrize(
    ("after_id", "order"),
    [(0, (103, 101, 102, 104)), (101, (101, 103, 102, 104)), (104, (101, 102, 104, 103))],
)
def test_a_moved_stage_stands_after_its_anchor(after_id: int, order: tuple[int, ...]) -> None:
    before = board("New", "Doing", "Review", "Done")
    assert edits.apply(MoveStage(103, after_id), before).order == order


@pytest.mark.parametrize(
    "edit",
    [
        MoveStage(103, 102),
        MoveStage(103, 103),
        MoveStage(101, 0),
        RenameStage(102, "Doing"),
        RecolorStage(101, Color("00C4FB")),
    ],
)
def test_an_edit_to_what_is_there_already_changes_nothing(edit: edits.Edit) -> None:
    assert edits.changes_nothing(edit, board("New", "Doing", "Review"))


def test_the_stages_an_edit_names_have_to_be_on_the_board() -> None:
    before = board("New", "Doing")
    assert edits.missing(MoveStage(7, 8), before) == {7, 8}
    assert edits.missing(AddStage("QA", Color("00C4FB"), 9), before) == {9}
    assert edits.missing(AddStage("QA", Color("00C4FB"), 0), before) == set()
    with pytest.raises(ValueError, match="does not fit"):
        edits.apply(RemoveStage(7), before)


def test_a_removed_stage_comes_back_under_the_name_people_saw() -> None:
    before = board("New", "")
    back = edits.inverse(RemoveStage(102), before)
    assert back == AddStage("Untitled", before[102].color, 101)
