"""What became of an edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stages.domain import differences, edits
from stages.domain.board import Board
from stages.domain.details import BoardDetails
from stages.domain.differences import Difference
from stages.domain.edits import AddStage, Edit
from stages.services import sentences


@dataclass(frozen=True, slots=True)
class Outcome:
    """The board an edit was planned on, what was wanted of it, and the board as it is now.

    `wanted` is empty where the board already was as wanted; `added` is the id of the stage that was
    added; `change_id` is the edit's number in the history; `foreign` is what else distinguishes the
    board from the one the person was shown.
    """

    before: Board
    wanted: tuple[Edit, ...]
    details: BoardDetails
    added: int | None = None
    change_id: int | None = None
    foreign: tuple[Difference, ...] = ()

    def beside(self, shown: Board | None, made: Sequence[Edit]) -> Outcome:
        """Return this with what others did, as who was shown a board and made edits sees it."""
        if shown is None:
            return self
        actual = self.details.board
        foreign = differences.beside(shown, made, self.before, actual, added=self.added)
        return replace(self, foreign=foreign)

    @property
    def sentence(self) -> str:
        done = sentences.describe(self.wanted, self.before, self.foreign)
        added = self.added if self.added in self.details.board else None
        held = self.details.stage(added).task_count if added else None
        return f"{done} {sentences.shows(held)}" if held else done

    @property
    def undo(self) -> Edit | None:
        """The edit that takes a single edit back, None where there is nothing to take back."""
        if len(self.wanted) != 1 or (isinstance(self.wanted[0], AddStage) and self.added is None):
            return None
        return edits.inverse(self.wanted[0], self.before, added=self.added)

    @property
    def name(self) -> str:
        return sentences.name(self.wanted[0], self.before) if self.wanted else ""
