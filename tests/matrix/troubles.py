"""The troubles of the matrix, and how each is rehearsed by the sandbox's faults."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.faults import INSIDE_BATCH, Fault
from sandbox.server import Sandbox

READ = "task.stages.get"


@dataclass(frozen=True, slots=True)
class Trouble:
    """`method` is what it strikes where that is not the edit's first writing method.

    One that lasts and `spreads` strikes everything once it has struck that. After one that
    `lingers` the edit's method stays blocked. `late`: an answer that comes after the timeout.
    """

    fault: str
    method: str = ""
    spreads: bool = True
    lingers: bool = False
    late: bool = False

    @property
    def inside_batch(self) -> bool:
        return self.fault in INSIDE_BATCH

    def arm(self, sandbox: Sandbox, method: str, *, lasting: bool, seconds: float) -> Fault:
        """Strike the method's next call, or from it on; `seconds` is how late an answer
        comes, or for how long nobody listens."""
        return sandbox.faults.arm(
            self.fault,
            method=self.method or method,
            seconds=seconds,
            lasting=lasting,
            spreads=lasting and self.spreads,
        )


TROUBLES = {
    "500": Trouble("server_error"),
    "limit": Trouble("limit"),
    "operating": Trouble("operation_time_limit", spreads=False, lingers=True),
    "refused": Trouble("refused", method=READ),  # what comes after the read finds nobody
    "reset before": Trouble("reset_before"),
    "reset after": Trouble("reset_after"),
    "half an answer": Trouble("half_answer"),
    "HTML with 200": Trouble("html_200"),
    "answer after the timeout": Trouble("late_answer", late=True),
    "work after the timeout": Trouble("late_work", late=True),
    "expired token": Trouble("expired_token"),
    "302": Trouble("moved"),
    "limit inside a batch": Trouble("batch_limit", spreads=False),
    "half a batch": Trouble("half_batch", spreads=False),
}
