"""Commands called in the test's own process, with what they print."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command

Call = Callable[..., "Called"]


@dataclass(frozen=True, slots=True)
class Called:
    """What a command printed, the line it was refused with, and the code its process ends with."""

    out: str
    err: str
    error: str = ""
    code: int = 0

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def call(name: str, *arguments: str) -> Called:
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return Called(out.getvalue(), err.getvalue(), str(error), error.returncode)
    return Called(out.getvalue(), err.getvalue())
