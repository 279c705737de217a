"""What takes a change back on a board that may have gone on since, or what stands against it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from stages.domain import edits, ordering
from stages.domain.board import Board
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.domain.stage import Stage


class Kind(Enum):
    TITLE = "the title has been changed since"
    COLOR = "the colour has been changed since"
    PLACE = "the stage has been moved since"
    GONE = "the stage has been deleted since"
    BACK = "the deleted stage is there again"
    AS_BEFORE = "the board is as it was before"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a change cannot be taken back: what happened since to the stage of that name."""

    kind: Kind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """A change that was made: the edits, and the boards around them, by the numbers of today."""

    edits: tuple[Edit, ...]
    before: Board
    after: Board

    @property
    def added(self) -> tuple[Stage, ...]:
        """The stages that came by this change; what somebody else added meanwhile is not it."""
        found: list[Stage] = []
        for edit in self.edits:
            # The latest, as writing takes it: of two alike somebody else's came before.
            for stage in sorted(self.after.stages, key=lambda one: -one.id):
                if (
                    stage not in found
                    and stage.id not in self.before
                    and edits.is_added_by(edit, stage)
                ):
                    found.append(stage)
                    break
        return tuple(found)

    @property
    def removed(self) -> tuple[Stage, ...]:
        """The stages that went by this change, from left to right."""
        gone = {edit.stage_id for edit in self.of_old if isinstance(edit, RemoveStage)}
        return tuple(stage for stage in self.before.stages if stage.id in gone)

    @property
    def moved(self) -> frozenset[int]:
        return frozenset(edit.stage_id for edit in self.of_old if isinstance(edit, MoveStage))

    @property
    def of_old(self) -> tuple[RenameStage | RecolorStage | MoveStage | RemoveStage, ...]:
        """The edits of stages that were there before; what the change added goes as a whole."""
        return tuple(
            edit
            for edit in self.edits
            if not isinstance(edit, AddStage) and edit.stage_id in self.before
        )


def wanted(
    past: Past, now: Board, *, moved_since: frozenset[int] = frozenset(), again: bool = False
) -> Board | Hindrance:
    """Return the board without the change: all else stays as it is now.

    A stage comes back right after the nearest of its former left neighbours that is still there.
    `moved_since` are stages known to have been moved after the change; that others were, the board
    shows. `again`: a first attempt may have taken back a part, which then is no hindrance.
    """
    hindrance = next(_hindrances(past, now, again=again), None)
    if hindrance is None and not again:
        hindrance = next(_moved_since(past, now, moved_since), None)
    if hindrance:
        return hindrance
    board = _placed(past, replace(now, stages=tuple(_with_old_looks(past, now))))
    if board == now and not again:
        return Hindrance(Kind.AS_BEFORE)
    return board


def _hindrances(past: Past, now: Board, *, again: bool) -> Iterator[Hindrance]:
    for stage in past.added:
        if stage.id in now:
            yield from _looks_of_added(stage, now[stage.id])
        elif not again:
            yield Hindrance(Kind.GONE, stage.name)
    for edit in past.of_old:
        old = past.before[edit.stage_id]
        if isinstance(edit, RemoveStage):
            if edit.stage_id in now and not again:
                yield Hindrance(Kind.BACK, old.name)
        elif edit.stage_id not in now:
            yield Hindrance(Kind.GONE, old.name)
        else:
            yield from _changed_since(edit, past, now)


def _looks_of_added(stage: Stage, present: Stage) -> Iterator[Hindrance]:
    if present.name != stage.name:
        yield Hindrance(Kind.TITLE, present.name)
    if present.color != stage.color:
        yield Hindrance(Kind.COLOR, present.name)


def _changed_since(
    edit: RenameStage | RecolorStage | MoveStage, past: Past, now: Board
) -> Iterator[Hindrance]:
    present, old = now[edit.stage_id], past.before[edit.stage_id]
    match edit:
        case RenameStage(_, title) if present.name not in (title, old.name):
            yield Hindrance(Kind.TITLE, present.name)
        case RecolorStage(_, color) if present.color not in (color, old.color):
            yield Hindrance(Kind.COLOR, present.name)


def _moved_since(past: Past, now: Board, known: Collection[int]) -> Iterator[Hindrance]:
    for stage_id in past.moved:
        stayed = ordering.may_have_stayed(stage_id, past.after.order, now.order)
        if stage_id in known or not stayed:
            left = past.before.order[: past.before.order.index(stage_id)]
            neighbour = next((one for one in reversed(left) if one in now), 0)
            if now.anchor_of(stage_id) != neighbour:
                yield Hindrance(Kind.PLACE, now[stage_id].name)


def _with_old_looks(past: Past, now: Board) -> Iterator[Stage]:
    """Yield the stages that stay, with the titles and colours they had, and those that return."""
    renamed = {edit.stage_id for edit in past.of_old if isinstance(edit, RenameStage)}
    recolored = {edit.stage_id for edit in past.of_old if isinstance(edit, RecolorStage)}
    added = {stage.id for stage in past.added}
    for stage in now.stages:
        if stage.id in added:
            continue
        if stage.id in renamed and stage.name != past.before[stage.id].name:
            stage = replace(stage, title=past.before[stage.id].name)
        if stage.id in recolored:
            stage = replace(stage, color=past.before[stage.id].color)
        yield stage
    for stage in past.removed:
        if stage.id not in now:
            yield replace(stage, title=stage.name, system_type=None)


def _placed(past: Past, board: Board) -> Board:
    """Return the board with what was moved and what returns in the places they had."""
    loose = past.moved | {stage.id for stage in past.removed}
    order = [stage_id for stage_id in board.order if stage_id not in loose]
    for position, stage_id in enumerate(past.before.order):
        if stage_id in loose and stage_id in board:
            left = reversed(past.before.order[:position])
            neighbour = next((one for one in left if one in order), None)
            order.insert(order.index(neighbour) + 1 if neighbour else 0, stage_id)
    return replace(board, stages=tuple(board[stage_id] for stage_id in order))
