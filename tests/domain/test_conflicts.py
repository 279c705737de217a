from __future__ import annotations

from stages.domain import conflicts, edits
from stages.domain.color import Color
from stages.domain.conflicts import Conflict, Kind
from stages.domain.edits import AddStage, MoveStage, RecolorStage, RemoveStage, RenameStage
from tests.domain.boards import board

SHOWN = board("New", "Doing", "Review", "Done")
BLUE, GREEN = Color("0000FF"), Color("00FF00")


def test_two_names_for_one_stage_conflict() -> None:
    actual = edits.apply(RenameStage(102, "QA"), SHOWN)
    found = conflicts.find(RenameStage(102, "Test"), SHOWN, actual)
    assert found == Conflict(Kind.TITLE, "Doing", "QA", "Test")


def test_the_same_name_from_two_people_is_no_conflict() -> None:
    actual = edits.apply(RenameStage(102, "QA"), SHOWN)
    assert conflicts.find(RenameStage(102, "QA"), SHOWN, actual) is None


def test_two_colours_for_one_stage_conflict() -> None:
    actual = edits.apply(RecolorStage(102, BLUE), SHOWN)
    found = conflicts.find(RecolorStage(102, GREEN), SHOWN, actual)
    assert found == Conflict(Kind.COLOR, "Doing", "#0000FF", "#00FF00")


def test_what_others_did_to_other_things_is_no_conflict() -> None:
    actual = edits.apply(MoveStage(102, 0), edits.apply(RecolorStage(102, BLUE), SHOWN))
    assert conflicts.find(RenameStage(102, "QA"), SHOWN, actual) is None
    assert conflicts.find(MoveStage(102, 103), SHOWN, actual) is None
    assert conflicts.find(RemoveStage(102), SHOWN, actual) is None


def test_an_anchor_that_is_gone_conflicts_and_its_left_neighbour_takes_its_place() -> None:
    actual = edits.apply(RemoveStage(103), SHOWN)
    found = conflicts.find(MoveStage(101, 103), SHOWN, actual)
    assert found == Conflict(Kind.ANCHOR, "New", "Review", "Doing")
    assert conflicts.forced(MoveStage(101, 103), SHOWN, actual) == MoveStage(101, 102)


def test_a_stage_is_never_put_after_itself() -> None:
    actual = edits.apply(RemoveStage(103), SHOWN)
    assert conflicts.forced(MoveStage(102, 103), SHOWN, actual) == MoveStage(102, 101)


def test_without_a_surviving_neighbour_the_start_is_left() -> None:
    actual = edits.apply(RemoveStage(101), SHOWN)
    added = AddStage("QA", BLUE, 101)
    found = conflicts.find(added, SHOWN, actual)
    assert found == Conflict(Kind.ANCHOR, "QA", "New", "")
    assert conflicts.forced(added, SHOWN, actual) == AddStage("QA", BLUE, 0)


def test_a_stage_that_is_gone_is_for_the_planning_to_refuse() -> None:
    actual = edits.apply(RemoveStage(102), SHOWN)
    for edit in (RenameStage(102, "QA"), RecolorStage(102, BLUE), MoveStage(102, 104)):
        assert conflicts.find(edit, SHOWN, actual) is None
        assert conflicts.forced(edit, SHOWN, actual) == edit
