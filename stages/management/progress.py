"""How far moving tasks has come: a bar on stderr for who sits at a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from stages.management.portal_command import Interrupted


class TaskProgress:
    """Shows a bar while tasks are moved; called after each portion with how many have, of how many.

    Ctrl-C becomes a line that says how far it had come, and with `rest` what about the rest.
    """

    def __init__(self, rest: str) -> None:
        self._rest = rest
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("Moving tasks"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,  # what stays on stderr is the one line of an error, if there is one
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("", total=None)
        self._done = self._total = 0

    def __call__(self, done: int, total: int) -> bool:
        self._done, self._total = done, total
        self._bar.update(self._task, completed=done, total=total)
        return True  # somebody waits for the command to end

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._bar.stop()
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            raise Interrupted(f"{self._known} {self._rest}") from None

    @property
    def _known(self) -> str:
        if not self._total:
            return "Some tasks may have moved."
        far = f"{self._done} of {self._total} tasks had moved"
        return f"{far} when the portal last answered, and some more may have."
