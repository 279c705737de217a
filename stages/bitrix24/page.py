"""A page of a longer list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next` is the `start` of the following page, None on the last one; `total` may be unknown."""

    items: tuple[T, ...]
    next: int | None
    total: int | None
