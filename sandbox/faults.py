"""Rehearsed trouble: which faults are armed, and when each fires."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass

WHOLE_REQUEST = (
    "limit",
    "server_error",
    "html",
    "html_503",
    "html_200",
    "html_500",
    "expired_token",
    "refused",
    "reset_before",
    "reset_after",
    "half_answer",
    "late_answer",
    "late_work",
    "moved",
    "no_time",
    "ok_error",
    "slow",
)
INSIDE_BATCH = ("batch_limit", "half_batch")
SINGLE_CALL = ("refused_by_code", "operation_time_limit")
NAMES = (*WHOLE_REQUEST, *INSIDE_BATCH, *SINGLE_CALL)


@dataclass(slots=True)
class Fault:
    """An armed fault; `times` None fires until cleared. `struck` is how often it has fired."""

    name: str
    times: int | None
    method: str | None
    seconds: float
    code: str
    status: int | None
    after: int
    host: str
    spreads: bool
    struck: int = 0


class Faults:
    """The faults that wait for a request."""

    def __init__(self, cleared: Callable[[], None] = lambda: None) -> None:
        self._cleared = cleared
        self._armed: list[Fault] = []
        self._lock = threading.Lock()

    def arm(
        self,
        name: str,
        *,
        times: int | None = None,
        method: str | None = None,
        seconds: float = 1.0,
        code: str = "INTERNAL_SERVER_ERROR",
        status: int | None = None,
        after: int = 1,
        lasting: bool = False,
        spreads: bool = False,
        host: str = "https://moved.example",
    ) -> Fault:
        """Arm a fault for the next requests, or only for those that call `method`, and return it.

        It fires once unless `times` says otherwise, and until cleared where it is `lasting`;
        `slow` always is. `after` is how many commands of a batch are executed before it strikes.
        `seconds` is how late an answer comes, or for how long connections are refused. A fault of
        one method that `spreads` concerns all of them once it has struck: the portal goes down in
        the middle of something.
        """
        if name not in NAMES:
            raise ValueError(f"Unknown fault {name!r}, known: {', '.join(NAMES)}")
        times = None if lasting else times or (None if name == "slow" else 1)
        method = method.lower() if method else None
        fault = Fault(name, times, method, seconds, code, status, after, host, spreads)
        with self._lock:
            self._armed.append(fault)
        return fault

    def take(self, names: Collection[str], methods: Collection[str]) -> Fault | None:
        """Return the first armed fault of these names that concerns one of the methods."""
        wanted = {method.lower() for method in methods}
        with self._lock:
            matching = [
                fault
                for fault in self._armed
                if fault.name in names and (fault.method is None or fault.method in wanted)
            ]
            if not matching:
                return None
            # A fault that stays until cleared must not keep the counted ones from firing.
            fault = min(matching, key=lambda fault: fault.times is None)
            fault.struck += 1
            if fault.spreads:
                fault.method = None
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self._armed.remove(fault)
            return fault

    def armed(self) -> list[Fault]:
        """Return the faults that still wait."""
        with self._lock:
            return list(self._armed)

    def clear(self) -> None:
        """Disarm everything."""
        with self._lock:
            self._armed.clear()
        self._cleared()
