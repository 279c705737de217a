"""Edits in words."""

from __future__ import annotations

import pytest

from stages.domain.color import Color
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.services import sentences
from tests.domain.boards import board

RED = Color("FF0000")
COLOURED = "has its new colour, #FF0000."
NEW = 900  # a stage that an edit before has added, and that the board before all of them lacks


@pytest.mark.parametrize(
    ("edit", "told", "name"),
    [
        (AddStage("QA", RED, NEW), "QA was added after a new stage.", "adding of QA"),
        (MoveStage(102, NEW), "B is now after a new stage.", "move of B"),
        (MoveStage(NEW, 101), "A new stage is now after A.", "move of a new stage"),
        (RenameStage(NEW, "QA"), "A new stage is now called QA.", "renaming of a new stage"),
        (RecolorStage(NEW, RED), f"A new stage {COLOURED}", "colour of a new stage"),
        (RemoveStage(NEW), "A new stage was deleted.", "deletion of a new stage"),
    ],
)  # fmt: skip
def test_an_edit_may_concern_a_stage_that_was_not_there_before(
    edit: Edit, told: str, name: str
) -> None:
    before = board("A", "B")
    assert sentences.describe([edit], before) == told
    assert sentences.name_all([edit], before) == name
