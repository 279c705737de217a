"""Edits, undo, redo and foreign edits in any order: the board equals the model at every step."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sandbox.server import Sandbox
from stages.domain import edits
from stages.domain.board import Board
from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.models import Change, StageKey
from stages.services import boards
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from tests.conftest import Connect
from tests.domain.boards import colors, looks, made
from tests.services.changes import history
from tests.services.changes.history import REF

_NAMES = st.sampled_from(["Alpha", "Beta", "Gamma", "Delta"])
_FEW = 3  # stages that stay, so that there is always something to edit


class HistoryMachine(RuleBasedStateMachine):
    """Two people edit one board; `model` is what it has to look like, by titles and colours.

    `clean` are Lena's own changes on top of which nobody else has edited: each with the looks of
    the board before it, to which its undo has to lead exactly.
    """

    sandbox: Sandbox
    lead: Connection
    admin: Connection
    own = Bundle("own")

    def __init__(self) -> None:
        super().__init__()
        self.sandbox.reset()
        Change.objects.all().delete()
        StageKey.objects.all().delete()
        for task in self.sandbox.portal.tasks.values():
            task.stage_id = 1
        self.model = looks(self.board())
        self.undo: list[tuple[int, list[tuple[str, str]]]] = []
        self.redo: list[tuple[int, list[tuple[str, str]]]] = []

    def board(self) -> Board:
        return boards.fetch(connection=self.lead, ref=REF).board

    def edited(self, connection: Connection, edit: Edit) -> int | None:
        """Make an edit, and the same to the model."""
        before = self.board()
        self.model = looks(made([edit], before))
        return history.make(connection, edit).change_id

    @rule(target=own, data=st.data(), own=st.booleans())
    def edit(self, data: st.DataObject, own: bool) -> int | None:
        board, before = self.board(), self.model
        change = self.edited(self.lead if own else self.admin, data.draw(_edits(board)))
        if change is not None:
            self.redo.clear()
            if own:
                self.undo.append((change, before))
            else:
                self.undo.clear()
        return change

    @precondition(lambda self: self.undo)
    @rule()
    def undo_last(self) -> None:
        change, before = self.undo.pop()
        self.redo.append((self.undone(change), self.model))
        self.model = before

    @precondition(lambda self: self.redo)
    @rule()
    def redo_last(self) -> None:
        change, after = self.redo.pop()
        self.undo.append((self.undone(change), self.model))
        self.model = after

    def undone(self, change: int) -> int:
        number = history.undo(self.lead, change).outcome.change_id
        assert number is not None
        return number

    @rule(data=st.data(), title=_NAMES)
    def somebody_edits_on_the_portal(self, data: st.DataObject, title: str) -> None:
        stage = data.draw(st.sampled_from(self.sandbox.portal.board("group-10")))
        stage.title = title
        self.model = looks(self.board())
        self.undo.clear()
        self.redo.clear()

    @rule(change=consumes(own))
    def undo_any(self, change: int | None) -> None:
        """Whatever happened since: it is taken back, or refused and nothing happens."""
        if change is None:
            return
        told = next(e for e in history.all_of(self.lead) if e.id == change)
        done = history.attempt(self.admin, change)
        if isinstance(done, Refusal):
            assert done.status == 409
            return
        assert told.can_undo or "title" in told.why_not or "is as it was" in told.why_not
        self.model = looks(self.board())
        assert history.newest(self.lead).undoes == change
        self.undo.clear()
        self.redo.clear()

    @invariant()
    def the_board_equals_the_model(self) -> None:
        assert looks(self.board()) == self.model

    @invariant()
    def no_stage_has_two_keys(self) -> None:
        numbers = list(StageKey.objects.values_list("stage_id", flat=True))
        assert len(numbers) == len(set(numbers))


@st.composite
def _edits(draw: st.DrawFn, board: Board) -> Edit:
    stage_id = draw(st.sampled_from(board.order))
    anchors = st.sampled_from([0, *(one for one in board.order if one != stage_id)])
    choices: list[st.SearchStrategy[Edit]] = [
        st.builds(RenameStage, st.just(stage_id), _NAMES),
        st.builds(RecolorStage, st.just(stage_id), colors),
        st.builds(MoveStage, st.just(stage_id), anchors),
        st.builds(AddStage, _NAMES, colors, st.sampled_from(board.order)),
    ]
    free = [one for one in board.order[1:] if one != 1]
    if len(free) > _FEW:
        choices.append(st.builds(RemoveStage, st.sampled_from(free)))
    edit = draw(st.one_of(choices))
    return edit if not edits.changes_nothing(edit, board) else RenameStage(stage_id, "Other")


@pytest.mark.django_db
def test_the_board_equals_the_model_at_every_step(sandbox: Sandbox, connect: Connect) -> None:
    class Machine(HistoryMachine):
        pass

    Machine.sandbox, Machine.lead, Machine.admin = sandbox, connect("lead"), connect("admin")
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
