"""Boards in addresses: `group-12`, `my-planner`."""

from __future__ import annotations

from stages.domain.board import BoardRef


class BoardRefConverter:
    regex = r"my-planner|group-[1-9][0-9]{0,9}"

    def to_python(self, value: str) -> BoardRef:
        return BoardRef.parse(value)

    def to_url(self, value: BoardRef | str) -> str:
        return str(value)
