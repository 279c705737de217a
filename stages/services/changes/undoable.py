"""Whether a change can be undone, and why not, in words."""

from __future__ import annotations

from collections.abc import Iterable

from stages.domain import undo
from stages.domain.board import Board
from stages.domain.undo import Hindrance, Kind
from stages.models import Change
from stages.services.changes import past
from stages.services.changes.past import Numbers

_WORDS = {
    Kind.TITLE: "The title has been changed since: it is “{name}” now.",
    Kind.COLOR: "The colour of “{name}” has been changed since.",
    Kind.PLACE: "“{name}” has been moved since.",
    Kind.GONE: "“{name}” was deleted since.",
    Kind.BACK: "“{name}” is there again.",
    Kind.AS_BEFORE: "The board already is as it was before.",
}
NO_EDIT = "Only edits of stages can be undone."


def wanted(change: Change, now: Board, known: Numbers, later: Iterable[Change]) -> Board | str:
    """Return the board without the change, or why it cannot be taken back.

    `later` are the changes of the board that came after it, the oldest first.
    """
    if refused := whatever_the_board(change):
        return refused
    done = past.load(change, now.ref, known)
    found = undo.wanted(done, now, moved_since=past.moved_since(change, later, known))
    return words(found) if isinstance(found, Hindrance) else found


def words(hindrance: Hindrance) -> str:
    return _WORDS[hindrance.kind].format(name=hindrance.name)


def whatever_the_board(change: Change) -> str:
    """Return why a change cannot be undone on any board, "" where it may be."""
    if not past.is_edit(change):
        return NO_EDIT
    undone_by = undoing(change)
    if undone_by is None:
        return ""
    if redone_by := undoing(undone_by):
        return f"Undone by {undone_by.actor}, then done again by {redone_by.actor}: undo that."
    return f"Already undone by {undone_by.actor}."


def is_undone(change: Change) -> bool:
    """Tell whether a change is taken back now: an undo that was undone itself does not count."""
    undone_by = undoing(change)
    return undone_by is not None and not is_undone(undone_by)


def undoing(change: Change) -> Change | None:
    """Return the change that took this one back."""
    return getattr(change, "undone_by", None)
