"""A stored change in words and values: what was before, what is after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stages.domain.board import Board, BoardRef
from stages.domain.color import Color
from stages.domain.edits import MoveStage
from stages.domain.stage import Stage
from stages.domain.undo import Past
from stages.models import Change
from stages.services import sentences
from stages.services.changes import past, progress
from stages.services.changes.past import Numbers

_NOTHING = "–"

# In which an event is told; PostgreSQL does not keep the order of what it stores.
_ORDER = ("name", "with", "who", "boards", "by", "plan", "as", "as_admin")


@dataclass(frozen=True, slots=True)
class Side:
    """What something was, or is: in words, beside a swatch where there is a colour."""

    text: str
    color: Color | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed."""

    what: str
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Told:
    sentence: str
    lines: tuple[Line, ...] = ()
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def describe(change: Change, ref: BoardRef | None, known: Numbers) -> Told:
    """Tell of a change on a board, or of one that concerns none."""
    if ref is None or not past.is_edit(change):
        return Told(progress.sentence(change) or _event(change))
    done = past.load(change, ref, known)
    sentence = sentences.describe(done.edits, done.before)
    if change.action == Change.Action.RESTORE:
        fully = "in part" if change.in_part else "to what it had been"
        sentence = f"The board was brought back {fully}. {sentence}"
    if change.moved_tasks:
        sentence = f"{sentence} {_moved_tasks(change, done, known)}"
    if change.depth:
        partly = " in part" if change.in_part else ""
        sentence = f"{'Undo' if change.is_undo else 'Redo'}{partly}: {sentence}"
    if change.stage_id and change.stage_id in known:
        lines, before, after = _of_stage(done, known[change.stage_id])
    else:
        lines, before, after = _of_board(done)
    return Told(sentence, lines, before, after)


def _event(change: Change) -> str:
    words = change.get_action_display()
    what = change.after if isinstance(change.after, dict) else {}
    if change.action == Change.Action.RETURN:
        where = "as far as they were where its deletion had put them"
        return f"The tasks of {what['name']} were brought back, {where}."
    names = sorted(what, key=lambda name: _ORDER.index(name) if name in _ORDER else 0)
    told = ", ".join(f"{name.replace('_', ' ')} {what[name]}" for name in names)
    sentence = f"{words[:1].upper()}{words[1:]}"
    return f"{sentence}: {told}." if told else f"{sentence}."


def _moved_tasks(change: Change, done: Past, known: Numbers) -> str:
    moved: dict[str, Any] = change.moved_tasks or {}
    count, target = len(moved["ids"]), known.get(moved["to"], 0)
    tasks = f"{count} task{'s' if count != 1 else ''}"
    where = f" to {done.before[target].name}" if target in done.before else ""
    return f"{tasks} moved{where}."


def _of_stage(
    done: Past, stage_id: int
) -> tuple[tuple[Line, ...], dict[str, Any] | None, dict[str, Any] | None]:
    old, new = _find(done.before, stage_id), _find(done.after, stage_id)
    lines = tuple(_differing(done, old, new))
    return lines, _values(done.before, old), _values(done.after, new)


def _find(board: Board, stage_id: int) -> Stage | None:
    return next((stage for stage in board.stages if stage.id == stage_id), None)


def _differing(done: Past, old: Stage | None, new: Stage | None) -> Iterator[Line]:
    if old is None or new is None:
        yield Line("Stage", _look(old), _look(new))
    elif old.name != new.name:
        yield Line("Title", Side(old.name), Side(new.name))
    if old and new and old.color != new.color:
        yield Line("Colour", Side(old.color.css, old.color), Side(new.color.css, new.color))
    ids = {stage.id for stage in (old, new) if stage}
    moved = any(isinstance(edit, MoveStage) and edit.stage_id in ids for edit in done.edits)
    if old is None or new is None or moved:
        yield Line("Place", _place(done.before, old), _place(done.after, new))


def _of_board(done: Past) -> tuple[tuple[Line, ...], dict[str, Any], dict[str, Any]]:
    order = Line("Order", *(Side(_titles(board)) for board in (done.before, done.after)))
    looks = [
        line
        for stage in done.before.stages
        if stage.id in done.after
        for line in _looks(stage, done.after[stage.id])
    ]
    before, after = ({"stage_ids": list(board.order)} for board in (done.before, done.after))
    return (order, *looks), before, after


def _looks(old: Stage, new: Stage) -> Iterator[Line]:
    if old.color != new.color:
        yield Line(f"Colour of {new.name}", Side(old.color.css, old.color), _look(new))


def _titles(board: Board) -> str:
    return ", ".join(stage.name for stage in board.stages) or _NOTHING


def _look(stage: Stage | None) -> Side:
    return Side(stage.name, stage.color) if stage else Side("not there")


def _place(board: Board, stage: Stage | None) -> Side:
    if stage is None:
        return Side(_NOTHING)
    anchor = board.anchor_of(stage.id)
    return Side(f"after {board[anchor].name}" if anchor else "at the start")


def _values(board: Board, stage: Stage | None) -> dict[str, Any] | None:
    if stage is None:
        return None
    after_id = board.anchor_of(stage.id)
    return {"title": stage.name, "color": stage.color.digits, "after_id": after_id}
