"""A method of the portal as a value: sent alone or in a batch, it has the same typed answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

JSONValue = str | int | float | bool | None | Mapping[str, "JSONValue"] | Sequence["JSONValue"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a method returned; `total` and `next` (an offset) only where the method pages."""

    result: JSONValue
    total: int | None = None
    next: int | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Command(Generic[T]):
    """One call of one method.

    Commands are told apart by identity: a batch may hold two equal ones. Parameters that are None
    are left out, so that a method of ours can name every parameter it might send.
    """

    method: str
    params: Mapping[str, JSONValue]
    decode: Callable[[Reply], T]
    writes: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", _without_none(self.params))


def _without_none(params: Mapping[str, JSONValue]) -> dict[str, JSONValue]:
    return {
        name: _without_none(value) if isinstance(value, Mapping) else value
        for name, value in params.items()
        if value is not None
    }
