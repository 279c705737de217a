"""What is told where the database of this installation fails."""

from __future__ import annotations

from django.db import DataError, Error, IntegrityError, NotSupportedError, ProgrammingError

from stages.services.refusals import Refusal

# Statements of ours that the database does not take: a mistake here, and no failure of its own.
_MISTAKES = (DataError, IntegrityError, NotSupportedError, ProgrammingError)


def is_failure(error: BaseException | None) -> bool:
    """Tell whether the database failed by itself, so that the same may work later."""
    return isinstance(error, Error) and not isinstance(error, _MISTAKES)


def failed(*, may_have_run: bool) -> Refusal:
    """Refuse what the database failed under, perhaps after what was asked for had been done."""
    message = "The database of this installation failed."
    if not may_have_run:
        return Refusal("UNAVAILABLE", 503, message, "Try again in a moment.", retry_after=5)
    hint = "What you asked for may have been done. Look before you ask for it again."
    return _unconfirmed(message, hint)


def failed_midway() -> Refusal:
    """Refuse an edit under which the database failed after something was sent to the portal."""
    return _unconfirmed(
        "The database of this installation failed in the middle of the edit.",
        "All of it may have been done, or a part. Open the board again: it shows what is.",
    )


def _unconfirmed(message: str, hint: str) -> Refusal:
    refusal = Refusal("UNCONFIRMED", 502, message, hint)
    refusal.may_repeat, refusal.fate = False, "unknown"
    return refusal
