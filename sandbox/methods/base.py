"""How a REST method is described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.php import Json
from sandbox.process import Call, Page


@dataclass(frozen=True, slots=True)
class Method:
    """A documented method; any one of the scopes opens it, none means everybody."""

    name: str
    run: Callable[[Call], Json | Page]
    scopes: tuple[str, ...] = ()
    writes: bool = False
