"""Whether to send again, and when: decisions only, the sender does the waiting."""

from __future__ import annotations

import random

from stages.bitrix24 import errors

# The most repetitions. A portal nobody answers for is to be reported within a second or so; a
# refusal by the limit passes by itself, as the portal's bucket drains.
_AFTER_REFUSED_CONNECTION = 2
_AFTER_LIMIT = 4
_AFTER_LOST_READ = 2

_FIRST_PAUSE = 0.25
_FIRST_PAUSE_AFTER_LIMIT = 1.0


def pause(
    error: errors.Bitrix24Error, *, writes: bool, repetitions: int, patience: float
) -> float | None:
    """Return how many of at most `patience` seconds to wait before sending again, None to give up.

    What certainly did not run may always be sent again, a read also after an answer got lost. A
    write whose fate is unknown never is: sent twice it could be done twice. Nor is anything that
    ran into its timeout, whose caller has waited long enough.
    """
    match error:
        case errors.LimitExceeded():
            most, first = _AFTER_LIMIT, _FIRST_PAUSE_AFTER_LIMIT
        case errors.ConnectionRefused():
            most, first = _AFTER_REFUSED_CONNECTION, _FIRST_PAUSE
        case errors.ConnectionLost() | errors.UnexpectedAnswer() | errors.PortalFault():
            most, first = (0 if writes else _AFTER_LOST_READ), _FIRST_PAUSE
        case _:
            return None
    if repetitions >= most:
        return None
    seconds = error.retry_after
    if seconds is None:
        seconds = first * 2**repetitions * _jitter()
    return seconds if seconds <= patience else None


def _jitter() -> float:
    """Return a factor that keeps those refused together from coming back together."""
    return random.uniform(0.8, 1.2)  # noqa: S311 -- keeps waiters apart
