"""Two people edit one board at the same moment: as if one had come after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import count, permutations
from random import Random

import pytest

from sandbox.server import Sandbox
from stages.domain.board import Board, BoardRef
from stages.domain.edits import Edit
from stages.domain.task_moves import Removal
from stages.services import boards, stage_edits, stage_removal
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.refusals import Refusal
from stages.services.stage_deletion import Removed
from tests import portal
from tests.conftest import Connect
from tests.domain.boards import looks, made
from tests.threads import together

REF = BoardRef(portal.RELAUNCH)
_TIMES = 200
_FEW, _MANY = 5, 9  # stages between which the board is kept
_COLORS = ("00C4FB", "47D1E2", "75D900", "FFAB00", "FF5752", "468EE5", "1EAE43")

Deed = Callable[..., Outcome]


class Chance:
    """What a person might do to a board that is shown to them, and which stages it concerns."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._numbers = count(1)

    def deed(self, shown: Board) -> tuple[Deed, set[int]]:
        stage, anchor = self._random.sample(shown.order, 2)
        title = f"Stage {next(self._numbers)}"
        does = ["rename", "recolor", "move"] * 2
        does += ["add"] * (len(shown.order) < _MANY) + ["delete"] * (len(shown.order) > _FEW)
        match self._random.choice(does):
            case "rename":
                return partial(stage_edits.rename, stage_id=stage, title=title), {stage}
            case "recolor":
                color = self._random.choice(_COLORS)
                return partial(stage_edits.recolor, stage_id=stage, color=color), {stage}
            case "move":
                move = partial(stage_edits.move, stage_id=stage, after_id=anchor)
                return move, {stage, anchor}
            case "add":
                return partial(stage_edits.add, title=title, after_id=anchor), {anchor}
            case _:
                return partial(_delete, stage_id=shown.order[-1]), {shown.order[-1]}


def _delete(*, connection: Connection, ref: BoardRef, stage_id: int, shown: Board) -> Outcome:
    done = stage_removal.remove(connection=connection, ref=ref, run=Removal(stage_id), shown=shown)
    assert isinstance(done, Removed)
    return done.outcome


def _attempt(deed: Deed, connection: Connection, shown: Board) -> Outcome | Refusal:
    try:
        return deed(connection=connection, ref=REF, shown=shown)
    except Refusal as refusal:
        return refusal


def _one_after_the_other(
    shown: Board, landed: Sequence[Sequence[Edit]]
) -> Iterator[list[tuple[str, str]]]:
    """Yield what the board may look like: after the deeds in every order that makes sense."""
    for order in permutations(landed):
        with suppress(ValueError):  # a stage cannot be edited once it is deleted
            yield looks(made([edit for wanted in order for edit in wanted], shown))


@pytest.mark.django_db(transaction=True)
def test_whatever_two_people_do_at_once_comes_out_as_one_after_the_other(
    sandbox: Sandbox, connect: Connect
) -> None:
    people = [connect("lead"), connect("admin")]
    sandbox.portal.tasks.clear()  # so that any stage can be deleted
    chance, refused = Chance(Random(4)), []
    shown = boards.fetch(connection=people[0], ref=REF).board
    for _ in range(_TIMES):
        deeds, concerned = zip(*(chance.deed(shown) for _ in people), strict=True)
        ends = together(
            [
                partial(_attempt, deed, person, shown)
                for deed, person in zip(deeds, people, strict=True)
            ]
        )
        landed = [end.wanted for end in ends if isinstance(end, Outcome)]
        refusals = [end for end in ends if isinstance(end, Refusal)]
        if concerned[0].isdisjoint(concerned[1]):
            assert refusals == []
        for refusal in refusals:
            assert refusal.status in (404, 409)
            assert refusal.message
            assert "Nothing was changed." in refusal.hint or refusal.fate == "needless"
        now = boards.fetch(connection=people[0], ref=REF).board
        assert looks(now) in _one_after_the_other(shown, landed)
        shown = now
        refused += refusals
    assert len(refused) <= 0.1 * _TIMES * len(people)
