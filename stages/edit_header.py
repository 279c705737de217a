"""The header `Board-Edit`: what a script needs to know of an edit beside the board it left.

`undo` is what takes it back: `change`, its number in the history, where it is undone, and a name
for people. Of a single edit it also has what the undo will look like, in the form in which the page
posts edits: the stage (null for the board), the action (the end of the address), the fields.
`added` is the id of a stage that was added, `restores` the one it had before it was deleted.
"""

from __future__ import annotations

import json
from typing import Any

from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.services.outcome import Outcome

NAME = "Board-Edit"


def value(outcome: Outcome, name: str = "") -> str:
    """Return the header's value, in ASCII as headers are; `name` replaces the edit's own."""
    return json.dumps(fields(outcome, name))


def fields(outcome: Outcome, name: str = "") -> dict[str, Any]:
    """Return what the header says of an edit."""
    undo: dict[str, Any] = _posted(outcome.undo) if outcome.undo else {}
    if undo and isinstance(outcome.wanted[0], RemoveStage):
        # The stage comes back under another id; what else can be undone has to follow it there.
        undo["fields"]["restores"] = outcome.wanted[0].stage_id
    if outcome.change_id is not None:
        undo["change"] = outcome.change_id
    if undo:
        undo["name"] = name or outcome.name
    return {"undo": undo or None, "added": outcome.added}


def _posted(edit: Edit) -> dict[str, Any]:
    match edit:
        case AddStage(title, color, after_id):
            fields: dict[str, Any] = {"title": title, "color": color.digits, "after_id": after_id}
            return {"stage": None, "action": "add", "fields": fields}
        case RenameStage(stage_id, title):
            return {"stage": stage_id, "action": "rename", "fields": {"title": title}}
        case RecolorStage(stage_id, color):
            return {"stage": stage_id, "action": "recolor", "fields": {"color": color.digits}}
        case MoveStage(stage_id, after_id):
            return {"stage": stage_id, "action": "move", "fields": {"after_id": after_id}}
        case RemoveStage(stage_id):
            return {"stage": stage_id, "action": "delete", "fields": {}}
