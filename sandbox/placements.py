"""The places of a portal's pages in which applications can be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One placement; without a scope anybody may bind it, `limit` is how often."""

    scope: str = ""
    limit: int | None = None
    personal: bool = False
    """It may be bound for one person alone."""


PLACES = {
    "LEFT_MENU": Place(personal=True),
    "REST_APP_URI": Place(limit=1),
    "PAGE_BACKGROUND_WORKER": Place(limit=1),
    "SONET_GROUP_DETAIL_TAB": Place("sonet_group"),
    "SONET_GROUP_TOOLBAR": Place("sonet_group"),
    "SONET_GROUP_ROBOT_DESIGNER_TOOLBAR": Place("sonet_group"),
    "TASK_GROUP_LIST_TOOLBAR": Place("task"),
    "TASK_USER_LIST_TOOLBAR": Place("task"),
    "TASK_ROBOT_DESIGNER_TOOLBAR": Place("task"),
    "TASK_LIST_CONTEXT_MENU": Place("task"),
    "TASK_VIEW_TAB": Place("task"),
    "TASK_VIEW_SIDEBAR": Place("task"),
    "TASK_VIEW_TOP_PANEL": Place("task"),
    "USER_PROFILE_MENU": Place("user"),
    "USER_PROFILE_TOOLBAR": Place("user"),
}
