"""Where the app is to be found on a portal, and what it wants to hear from it."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings


class Place(NamedTuple):
    """A placement by its code: what is written there, and how people call the place."""

    code: str
    title: str
    name: str


# https://apidocs.bitrix24.com/api-reference/widgets/placements.html
PLACES = (
    Place("LEFT_MENU", "Board Admin", "Entry in the left menu"),
    Place("SONET_GROUP_DETAIL_TAB", "Stages", "Tab in every group"),
    Place("TASK_GROUP_LIST_TOOLBAR", "Edit stages", "Button over the tasks of a group"),
    Place("TASK_USER_LIST_TOOLBAR", "Edit stages", "Button over one's own tasks"),
)
# https://apidocs.bitrix24.com/api-reference/common/events/index.html
EVENTS = {
    "ONAPPINSTALL": "Notice of its installation",
    "ONAPPUPDATE": "Notice of new versions",
    "ONAPPUNINSTALL": "Notice of its removal",
}


def opening_address() -> str:
    return f"{settings.PUBLIC_URL}/embed/"


def event_address() -> str:
    return f"{settings.PUBLIC_URL}/embed/events/"
