"""How far long work is, as the change that stands for it says: {state, moved, total, …}."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from stages.models import Change

MOVING, DONE, STOPPED = "moving", "done", "stopped"

# A portion takes a minute at worst; work that is silent for longer ended with its process.
_SILENCE = timedelta(minutes=2)
_LOST = (
    "Nothing has been heard of it for a while: the server may have been restarted. "
    "The same request again goes on where it stopped."
)
_KEYS = ("state", "moved", "total", "detail", "change_id")


def noted(
    state: str, *, moved: int = 0, total: int = 0, detail: str = "", change_id: int | None = None
) -> dict[str, Any]:
    """Return what is stored; `change_id` is the change that the work ended in."""
    heard = timezone.now().isoformat()
    return dict(
        zip((*_KEYS, "heard"), (state, moved, total, detail, change_id, heard), strict=True)
    )


def of(change: Change) -> dict[str, Any] | None:
    """Return how far the work is that a change stands for, None where it stands for none."""
    if change.action not in (Change.Action.BEGIN_DELETE, Change.Action.BEGIN_UNDO):
        return None
    stored: dict[str, Any] = change.after or {}
    found = {key: stored[key] for key in _KEYS}
    silent = timezone.now() - datetime.fromisoformat(stored["heard"]) > _SILENCE
    if found["state"] == MOVING and silent:
        found |= {"state": STOPPED, "detail": _LOST}
    return found


def sentence(change: Change) -> str:
    """Tell of the work in words, "" where the change stands for none."""
    found = of(change)
    if found is None:
        return ""
    began = "Began to delete a stage" if change.action == Change.Action.BEGIN_DELETE else ""
    began = began or "Began to undo a change"
    far = f": {found['moved']} of {found['total']} tasks had moved" if found["total"] else ""
    ended = {MOVING: "it goes on", DONE: "done", STOPPED: f"it stopped. {found['detail']}"}
    return f"{began}{far}; {ended[found['state']]}".rstrip(".") + "."
