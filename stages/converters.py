"""Boards in addresses, `group-12` and `my-planner`, and ids."""

from __future__ import annotations

from stages.domain.board import LARGEST_ID, REF, BoardRef


class BoardRefConverter:
    regex = REF

    def to_python(self, value: str) -> BoardRef:
        return BoardRef.parse(value)

    def to_url(self, value: BoardRef | str) -> str:
        return str(value)


class IdConverter:
    """A number that something can have; a larger one is in no address."""

    regex = "[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if not 0 < number <= LARGEST_ID:
            raise ValueError("nothing has that number")
        return number

    def to_url(self, value: int) -> str:
        return str(value)
