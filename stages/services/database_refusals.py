"""What is told where the database of this installation fails."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

from stages.services.refusals import Refusal

# Its own failures. Whatever else it raises is a statement of ours that it does not take.
FAILURES = (InterfaceError, OperationalError)


def failed(*, may_have_run: bool) -> Refusal:
    """Refuse what the database failed under, perhaps after what was asked for had been done."""
    message = "The database of this installation failed."
    if not may_have_run:
        return Refusal("UNAVAILABLE", 503, message, "Try again in a moment.", retry_after=5)
    hint = "What you asked for may have been done. Look before you ask for it again."
    refusal = Refusal("UNCONFIRMED", 502, message, hint)
    refusal.may_repeat, refusal.fate = False, "unknown"
    return refusal


def not_noted_down() -> Refusal:
    refusal = Refusal(
        "UNCONFIRMED",
        502,
        "The edit was sent to the portal and could not be noted down in the history.",
        "Open the board again: it shows what the portal has, and notes the edit down then.",
    )
    refusal.may_repeat, refusal.fate = False, "unknown"
    return refusal
