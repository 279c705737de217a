"""Boards for the tests of the domain."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from stages.domain import edits
from stages.domain.board import Board, BoardRef
from stages.domain.color import DEFAULTS, Color
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.domain.stage import Stage, SystemType


def board(*titles: str, first_id: int = 101) -> Board:
    """A group's board whose stages have those titles and ids from `first_id` on."""
    return Board(
        BoardRef(10),
        tuple(
            Stage(
                id=first_id + index,
                title=title,
                color=DEFAULTS[index % len(DEFAULTS)],
                sort=(index + 1) * 100,
                system_type=SystemType.NEW if index == 0 else None,
            )
            for index, title in enumerate(titles)
        ),
    )


colors = st.integers(0, 0xFFFFFF).map(lambda value: Color(f"{value:06X}"))
titles = st.text(min_size=1, max_size=10)
boards = st.lists(titles, min_size=1, max_size=8).map(lambda names: board(*names))


@st.composite
def edits_of(draw: st.DrawFn, on: Board) -> Edit:
    stage_ids = st.sampled_from(on.order)
    anchors = st.sampled_from((0, *on.order))
    stage_id = draw(stage_ids)
    return draw(
        st.one_of(
            st.builds(AddStage, titles, colors, anchors),
            st.builds(RenameStage, st.just(stage_id), titles),
            st.builds(RecolorStage, st.just(stage_id), colors),
            st.builds(
                MoveStage, st.just(stage_id), anchors.filter(lambda anchor: anchor != stage_id)
            ),
            st.builds(RemoveStage, st.just(stage_id)),
        )
    )


def looks(on: Board) -> list[tuple[str, str]]:
    """What people see of a board: titles and colours in order."""
    return [(stage.name, stage.color.digits) for stage in on.stages]


def made(edits_made: Sequence[Edit], on: Board, *, first_id: int = 900) -> Board:
    """The board that the portal leaves of edits; stages that are added get numbers from there."""
    for number, edit in enumerate(edits_made, start=first_id):
        on = edits.apply(edit, on, new_id=number)
    return on
