"""What distinguishes the board a person was shown from the one that was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stages.domain import edits
from stages.domain.board import Board
from stages.domain.edits import Edit, MoveStage
from stages.domain.ordering import longest_increasing


@dataclass(frozen=True, slots=True)
class Added:
    name: str


@dataclass(frozen=True, slots=True)
class Removed:
    name: str


@dataclass(frozen=True, slots=True)
class Renamed:
    name: str
    new_name: str


@dataclass(frozen=True, slots=True)
class Recolored:
    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    name: str


Difference = Added | Removed | Renamed | Recolored | Moved


def between(shown: Board, actual: Board) -> tuple[Difference, ...]:
    """Return what happened to the stages, in the actual order, the removed ones last.

    As few stages as possible count as moved: those outside a longest run still in its old order.
    """
    staying = [stage_id for stage_id in actual.order if stage_id in shown]
    run = longest_increasing([shown.order.index(stage_id) for stage_id in staying])
    in_place = {stage_id for index, stage_id in enumerate(staying) if index in run}
    found: list[Difference] = []
    for stage in actual.stages:
        if stage.id not in shown:
            found.append(Added(stage.name))
            continue
        old = shown[stage.id]
        if old.name != stage.name:
            found.append(Renamed(old.name, stage.name))
        if old.color != stage.color:
            found.append(Recolored(stage.name))
        if stage.id not in in_place:
            found.append(Moved(stage.name))
    found += [Removed(stage.name) for stage in shown.stages if stage.id not in actual]
    return tuple(found)


def beside(
    shown: Board, made: Sequence[Edit], before: Board, actual: Board, *, added: int | None = None
) -> tuple[Difference, ...]:
    """Return what others did, as somebody sees it who was shown a board and made edits.

    The edits were made on the board `before`; `added` is the portal's number for a stage they
    added. A stage that others had moved as well is told too, though it is where the edits put it.
    """
    expected = shown
    for edit in made:
        if not edits.missing(edit, expected):
            expected = edits.apply(edit, expected, new_id=added)
    moved = {
        Moved(before[edit.stage_id].name)
        for edit in made
        if isinstance(edit, MoveStage)
        and not edits.missing(edit, before)
        and not edits.changes_nothing(edit, before)
    }
    found = between(expected, actual)
    overruled = [one for one in between(shown, before) if one in moved and one not in found]
    return (*found, *overruled)
