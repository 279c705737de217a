from __future__ import annotations

from dataclasses import replace

from stages.domain import version
from stages.domain.board import Board, BoardRef
from stages.domain.color import Color
from stages.domain.stage import Stage

BOARD = Board(
    BoardRef(10), (Stage(1, "New", Color("00C4FB"), 100), Stage(2, "Done", Color("75D900"), 200))
)


def test_what_people_see_makes_the_version() -> None:
    first, second = BOARD.stages
    others = [
        (second, first),
        (first,),
        (replace(first, title="Start"), second),
        (replace(first, color=Color("75D900")), second),
        (replace(first, id=3), second),
    ]
    versions = {version.of(replace(BOARD, stages=stages)) for stages in others}
    assert len(versions | {version.of(BOARD)}) == 6


def test_what_nobody_sees_does_not() -> None:
    first, second = BOARD.stages
    assert version.of(BOARD) == version.of(
        replace(BOARD, stages=(replace(first, sort=10), replace(second, sort=990)))
    )
