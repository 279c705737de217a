"""Noting down what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from stages.domain import edit_json
from stages.domain.actor import Actor
from stages.domain.board import Board
from stages.domain.edits import (
    AddStage,
    Edit,
    MoveStage,
    RecolorStage,
    RemoveStage,
    RenameStage,
    named,
)
from stages.domain.undo import Past
from stages.models import Change, Credential
from stages.services.connections import Connection
from stages.services.history import stage_keys

_ACTIONS: dict[type[Edit], Change.Action] = {
    AddStage: Change.Action.ADD,
    RenameStage: Change.Action.RENAME,
    RecolorStage: Change.Action.RECOLOR,
    MoveStage: Change.Action.MOVE,
    RemoveStage: Change.Action.DELETE,
}


@dataclass(frozen=True, slots=True)
class Note:
    """What there is to know of edits beside the boards around them.

    `undoes` is the number of the change they take back; `moved_tasks` are the ids of tasks that
    went to the stage `moved_to` before their own was deleted. `restores` are stages that the edits
    may add again, by key, title and colour: they keep their key. `in_part`: not all was made.
    """

    action: Change.Action | None = None
    undoes: int | None = None
    moved_tasks: tuple[int, ...] = ()
    moved_to: int | None = None
    restores: tuple[tuple[int, str, str], ...] = ()
    in_part: bool = False


def record(
    *,
    connection: Connection,
    title: str,
    before: Board,
    edits: Sequence[Edit],
    after: Board,
    added: int | None = None,
    as_admin: bool = False,
    note: Note = Note(),
    made_by: dict[str, Any] | None = None,
) -> Change:
    """Note down edits of a board that the portal was seen to have made.

    `title` is the board's; `added` is the portal's number for the one stage that was added;
    `made_by` is as in `by` where somebody else than who is connected now made the edits.
    """
    board = connection.board_key(before.ref)
    with transaction.atomic():
        if note.restores:
            new = Past(tuple(edits), before, after).added
            stage_keys.follow(connection.portal, board, note.restores, new)
        keys = stage_keys.of(
            portal=connection.portal,
            board=board,
            # One that was there only in between is known by an edit alone.
            stage_ids={*before.order, *after.order, *named(edits)},
        )
        edited = {added if isinstance(edit, AddStage) else edit.stage_id for edit in edits}
        only = edited.pop() if len(edited) == 1 else None
        moved = None
        if note.moved_tasks and note.moved_to is not None:
            moved = {"to": keys[note.moved_to], "ids": list(note.moved_tasks)}
        return Change.objects.create(
            portal=connection.portal,
            board=board,
            board_title=title[:255],
            as_admin=as_admin,
            action=note.action or _action(edits),
            stage_id=keys.get(only) if only else None,
            edits=[edit_json.dump_edit(edit, keys.__getitem__) for edit in edits],
            before=edit_json.dump_stages(before, keys),
            after=edit_json.dump_stages(after, keys),
            moved_tasks=moved,
            undoes_id=None if note.in_part else note.undoes,
            depth=_depth(note),
            in_part=note.in_part,
            **(made_by or by(connection)),
        )


def _depth(note: Note) -> int:
    if note.undoes is None:
        return 0
    undone = Change.objects.filter(pk=note.undoes).values_list("depth", flat=True).first()
    return 0 if undone is None else undone + 1


def event(
    *,
    connection: Connection,
    action: Change.Action,
    what: dict[str, Any],
    board: str = "",
    stage_id: int | None = None,
    as_admin: bool = False,
) -> Change:
    """Note down what is no edit of a board: connecting, sharing, tokens, acting as administrator.

    `what` is JSON that says what was done, without secrets; `stage_id` is a stage of the board.
    """
    with transaction.atomic():
        ids = [] if stage_id is None else [stage_id]
        keys = stage_keys.of(portal=connection.portal, board=board, stage_ids=ids)
        return Change.objects.create(
            portal=connection.portal,
            board=board,
            stage_id=keys[stage_id] if stage_id is not None else None,
            as_admin=as_admin,
            action=action,
            after=what,
            **by(connection),
        )


def event_of(
    *, credential: Credential, actor: Actor, action: Change.Action, what: dict[str, Any]
) -> Change:
    """Note down, as `event` does, what concerns a credential that need not be of use."""
    return Change.objects.create(
        portal_id=credential.portal_id,
        action=action,
        after=what,
        **_who(actor, credential.person_id),
    )


def by(connection: Connection) -> dict[str, Any]:
    """Return the fields of a change that say who made it, and from where."""
    lender = connection.grant.lender if connection.grant else ""
    return _who(connection.actor, connection.person_id, acting_as=lender)


def _who(actor: Actor, person_id: int, acting_as: str = "") -> dict[str, Any]:
    return {
        "user_id": actor.user_id,
        "actor": actor.name[:255],
        "acting_as": acting_as[:255],
        "person_id": person_id,
        "source": actor.source.value,
    }


def _action(edits: Sequence[Edit]) -> Change.Action:
    kinds = {type(edit) for edit in edits}
    if len(edits) == 1:
        return _ACTIONS[kinds.pop()]
    return Change.Action.REORDER if kinds == {MoveStage} else Change.Action.CHANGE
