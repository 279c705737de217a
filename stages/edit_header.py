"""The header `Board-Edit`: what a script needs to know of an edit beside the board it left.

`undo` is the edit that takes it back, in the form in which the page posts edits: the stage (null
for the board), the action (the last part of the address), the fields, and a name for people.
`added` is the id of a stage that was added.
"""

from __future__ import annotations

import json
from typing import Any

from stages.domain.edits import AddStage, Edit, MoveStage, RecolorStage, RemoveStage, RenameStage
from stages.services.outcome import Outcome

NAME = "Board-Edit"


def value(outcome: Outcome) -> str:
    """Return the header's value, in ASCII as headers are."""
    undo = {**_posted(outcome.undo), "name": outcome.name} if outcome.undo else None
    if undo and isinstance(outcome.wanted[0], RemoveStage):
        # The stage comes back under another id; what else can be undone has to follow it there.
        undo["fields"]["restores"] = outcome.wanted[0].stage_id
    return json.dumps({"undo": undo, "added": outcome.added})


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
