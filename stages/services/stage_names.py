"""Stages as people name them where they cannot point at one: by number, or by title."""

from __future__ import annotations

from stages.domain.board import Board
from stages.services import refusals

Named = int | str  # a stage's id, or its title


def find(board: Board, named: Named) -> int:
    """Return the id of the stage that is meant; refuse a title that fits none, or several.

    An id is taken as it is. A title fits as it is written, else in any case of its letters.
    """
    if isinstance(named, int):
        return named
    fitting = [stage.id for stage in board.stages if stage.name == named]
    if not fitting:
        folded = named.casefold()
        fitting = [stage.id for stage in board.stages if stage.name.casefold() == folded]
    if not fitting:
        raise refusals.no_stage_of_that_name(named)
    if len(fitting) > 1:
        raise refusals.several_stages_of_that_name(named, fitting)
    return fitting[0]
