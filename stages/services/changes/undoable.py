"""Whether a change can be undone, and why not, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from stages.domain import undo
from stages.domain.board import Board
from stages.domain.undo import Hindrance, Kind
from stages.models import Change, Portal
from stages.services.changes import past
from stages.services.changes.past import Numbers

# By the number of the change that is taken back: by which change, and by whom.
Undoings = Mapping[int, tuple[int, str]]

_WORDS = {
    Kind.TITLE: "The title has been changed since: it is “{name}” now.",
    Kind.COLOR: "The colour of “{name}” has been changed since.",
    Kind.PLACE: "“{name}” has been moved since.",
    Kind.GONE: "“{name}” was deleted since.",
    Kind.BACK: "“{name}” is there again.",
    Kind.AS_BEFORE: "The board already is as it was before.",
}
NO_EDIT = "Only edits of stages can be undone."


def undoings(portal: Portal, boards: Collection[str], *, since: int) -> Undoings:
    """Return who took back what on those boards, by the change taken back; `since` is a change."""
    rows = Change.objects.filter(
        portal=portal, board__in=boards, pk__gt=since, undoes__isnull=False
    )
    found = rows.values_list("undoes_id", "pk", "actor")
    return {undone: (change_id, actor) for undone, change_id, actor in found if undone}


def wanted(
    change: Change, now: Board, known: Numbers, later: Iterable[Change], undone: Undoings
) -> Board | str:
    """Return the board without the change, or why it cannot be taken back.

    `later` are the changes of the board that came after it, as `past.moves_since` has them.
    """
    if refused := whatever_the_board(change, undone):
        return refused
    done = past.load(change, now.ref, known)
    found = undo.wanted(done, now, moved_since=past.moved_since(change, later, known))
    return words(found) if isinstance(found, Hindrance) else found


def words(hindrance: Hindrance) -> str:
    return _WORDS[hindrance.kind].format(name=hindrance.name)


def whatever_the_board(change: Change, undone: Undoings) -> str:
    """Return why a change cannot be undone on any board, "" where it may be."""
    if not past.is_edit(change):
        return NO_EDIT
    actors = _actors(change, undone)
    if not actors:
        return ""
    if is_undone(change, undone):
        return f"Already undone by {actors[-1]}."
    return f"Undone by {actors[-2]}, then done again by {actors[-1]}: undo that."


def is_undone(change: Change, undone: Undoings) -> bool:
    """Tell whether a change is taken back now: an undo that was undone itself does not count."""
    return len(_actors(change, undone)) % 2 == 1


def undoing(change: Change, undone: Undoings) -> Change | None:
    """Return the change by which this one is taken back now."""
    number = change.pk
    while number in undone:
        number, _actor = undone[number]
    if not is_undone(change, undone):
        return None
    return Change.objects.select_related("undoes").filter(pk=number).first()


def _actors(change: Change, undone: Undoings) -> list[str]:
    """Return who undid a change, who then undid that, and so on."""
    found, number = [], change.pk
    while number in undone:
        number, actor = undone[number]
        found.append(actor)
    return found
