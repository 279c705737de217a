"""The fewest edits that make of one board another, which it was before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from stages.domain import edits, ordering
from stages.domain.board import Board
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.domain.ordering import Move


def steps(now: Board, wanted: Board, *, rather: Collection[int] = ()) -> tuple[Edit, ...]:
    """Return the edits from `now` to `wanted`, right when sent in this order.

    Stages of `wanted` that the board no longer has are added again, the last one first, so that
    each finds a neighbour that has a number. What has to go goes last: the first stage of a board
    cannot be deleted before another one is the first. Where several stages could move, one of two
    that change places for instance, it is those in `rather`.
    """
    return (
        *_moves(now, wanted, rather),
        *_looks(now, wanted),
        *_adds(now, wanted),
        *_removals(now, wanted),
    )


def going(now: Board, wanted: Board) -> tuple[int, ...]:
    """Return the stages that have to be deleted."""
    return tuple(stage_id for stage_id in now.order if stage_id not in wanted)


def coming(now: Board, wanted: Board) -> tuple[int, ...]:
    """Return the stages that have to be added again, in the order in which `steps` adds them."""
    return tuple(stage_id for stage_id in reversed(wanted.order) if stage_id not in now)


def recognised(wanted: Board, first: Board, now: Board) -> Board:
    """Return what is wanted with the numbers that the portal has given to stages added meanwhile.

    `first` is the board before the edits, `now` the one after some of them, which is to be edited
    further: a stage that is new on it, of the title of a wanted one, is that one.
    """
    new = [stage for stage in now.stages if stage.id not in first]
    for missing in coming(first, wanted):
        old = wanted[missing]
        for stage in new:
            if stage.name == old.name:
                stages = tuple(
                    replace(old, id=stage.id) if one.id == missing else one for one in wanted.stages
                )
                wanted = replace(wanted, stages=stages)
                new.remove(stage)
                break
    return wanted


def _moves(now: Board, wanted: Board, rather: Collection[int]) -> tuple[MoveStage, ...]:
    present = [stage_id for stage_id in now.order if stage_id in wanted]
    order = [stage_id for stage_id in wanted.order if stage_id in now]
    moves = _fewest(present, order, rather)
    left = now
    for move in moves:
        left = edits.apply(move, left)
    if not order or wanted.order[0] != order[0] or left.order[0] in wanted:
        return moves
    # What would be the first has to go, so the one that is to be first takes its place before.
    lead = order.pop(0)
    present.remove(lead)
    others = _fewest(present, order, rather)
    return (
        MoveStage(lead, 0),
        *(move if move.after_id else MoveStage(move.stage_id, lead) for move in others),
    )


def _fewest(
    present: Sequence[int], order: Sequence[int], rather: Collection[int]
) -> tuple[MoveStage, ...]:
    """Return the fewest moves from one order to the other: of the stages in `rather`, if may be."""
    moves = ordering.moves(present, order)
    loose = [stage_id for stage_id in order if stage_id in rather]
    staying = [[one for one in stages if one not in loose] for stages in (present, order)]
    if len(loose) == len(moves) and staying[0] == staying[1]:
        places = {stage_id: position for position, stage_id in enumerate(order)}
        moves = tuple(Move(one, order[places[one] - 1] if places[one] else 0) for one in loose)
    return tuple(MoveStage(*move) for move in moves)


def _looks(now: Board, wanted: Board) -> Iterator[RenameStage | RecolorStage]:
    for stage in wanted.stages:
        if stage.id in now and now[stage.id].name != stage.name:
            yield RenameStage(stage.id, stage.name)
        if stage.id in now and now[stage.id].color != stage.color:
            yield RecolorStage(stage.id, stage.color)


def _adds(now: Board, wanted: Board) -> Iterator[AddStage]:
    for stage_id in coming(now, wanted):
        left = wanted.order[: wanted.order.index(stage_id)]
        after_id = next((one for one in reversed(left) if one in now), 0)
        yield AddStage(wanted[stage_id].name, wanted[stage_id].color, after_id)


def _removals(now: Board, wanted: Board) -> Iterator[RemoveStage]:
    for stage_id in going(now, wanted):
        yield RemoveStage(stage_id)
