"""Where in a portal's pages the app was opened, and which of our pages belongs there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from stages.domain.board import LARGEST_ID, BoardRef

MY_PLANNER = BoardRef(0)

_OF_A_GROUP = frozenset({"SONET_GROUP_DETAIL_TAB", "TASK_GROUP_LIST_TOOLBAR"})
_GROUP_PAGE = re.compile(r"/workgroups/group/([0-9]{1,10})(?:[/?#].*)?", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Placement:
    """A place by the portal's code for it, with what the portal says of the page around."""

    code: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Destination:
    """A board, the list of boards where it is None; `foreign_planner` where one was asked for."""

    board: BoardRef | None = None
    foreign_planner: bool = False


def destination(placement: Placement, *, person_id: int) -> Destination:
    """Return the page for an opening by a person; the list of boards where nothing says better.

    https://apidocs.bitrix24.com/api-reference/widgets/placements.html
    """
    options = placement.options
    if placement.code in _OF_A_GROUP:
        return _board(options.get("GROUP_ID", ""))
    if placement.code == "SONET_GROUP_TOOLBAR":
        page = _GROUP_PAGE.fullmatch(options.get("URI", ""))
        return _board(page[1] if page else "")
    if placement.code == "TASK_USER_LIST_TOOLBAR" and (planner_of := _id(options.get("USER_ID"))):
        # The portal gives everybody their own planner and nobody another's.
        own = planner_of == person_id
        return Destination(MY_PLANNER if own else None, foreign_planner=not own)
    return Destination()


def _board(group: str) -> Destination:
    group_id = _id(group)
    return Destination(BoardRef(group_id) if group_id else None)


def _id(text: str | None) -> int | None:
    """Return a number that can be an id, None for anything else."""
    if text is None or not _NUMBER.fullmatch(text) or not 0 < int(text) <= LARGEST_ID:
        return None
    return int(text)
