"""socialnetwork.api.workgroup.*: the controller methods about workgroups."""

from __future__ import annotations

from datetime import datetime

from sandbox import rights
from sandbox.entities import Group
from sandbox.errors import RestError
from sandbox.methods import filters
from sandbox.methods.base import Method
from sandbox.php import Json, to_array, to_int, to_list, to_text
from sandbox.process import Call, Page

RESPONSE_NAMES = {
    "ID": "id",
    "NAME": "name",
    "NUMBER_OF_MEMBERS": "numberOfMembers",
    "OWNER_ID": "ownerId",
    "CLOSED": "closed",
    "OPENED": "opened",
    "VISIBLE": "visible",
    "PROJECT": "project",
    "TYPE": "type",
    "IMAGE_ID": "imageId",
    "DATE_CREATE": "dateCreate",
}


def workgroup_list(call: Call) -> Page:
    """List visible groups with their type; by default only their ids."""
    params = to_array(call.params.get("params"))
    sees_all = to_text(params.get("IS_ADMIN")) == "Y" and call.person.admin
    groups = [
        group
        for group in call.portal.groups.values()
        if sees_all or rights.sees_group(call.person, group)
    ]
    chosen = to_list(call.params.get("select") or {"0": "ID"})
    names = [name for name in RESPONSE_NAMES if name in chosen or "*" in chosen]
    rows = filters.select([_row(group) for group in groups], call.params.get("filter"))
    rows = filters.order(rows, to_array(call.params.get("order")) or {"ID": "ASC"})
    return filters.page(
        rows,
        call.start,
        lambda part: {
            "workgroups": [
                {RESPONSE_NAMES[name]: to_text(row[name]) for name in names} for row in part
            ]
        },
    )


def workgroup_get(call: Call) -> Json:
    """Return one visible group, on request with the caller's role and actions."""
    params = to_array(call.params.get("params"))
    group_id = to_int(params.get("groupId"))
    if group_id <= 0:
        raise RestError("SONET_CONTROLLER_WORKGROUP_EMPTY", "Workgroup is not specified")
    group = call.portal.groups.get(group_id)
    if group is None or not rights.sees_group(call.person, group):
        raise RestError("SONET_CONTROLLER_WORKGROUP_NOT_FOUND", "Workgroup not found")
    extras = to_list(params.get("select") or {})
    shown = _details(group)
    if "ACTIONS" in extras:
        shown["ACTIONS"] = _actions(call, group)
    if "USER_DATA" in extras:
        shown["USER_DATA"] = {
            "ROLE": group.members.get(call.person.id, False),
            "INITIATED_BY_TYPE": False,
            "IS_SUBSCRIBED": call.person.id in group.members,
        }
    return shown


def _row(group: Group) -> filters.Row:
    return {
        "ID": group.id,
        "NAME": group.name,
        "NUMBER_OF_MEMBERS": len(group.members),
        "OWNER_ID": group.owner_id,
        "CLOSED": "Y" if group.closed else "N",
        "OPENED": "Y" if group.access == "open" else "N",
        "VISIBLE": "N" if group.access == "secret" else "Y",
        "PROJECT": "Y" if group.kind == "project" else "N",
        "TYPE": group.kind,
        "IMAGE_ID": 0,
        "DATE_CREATE": group.created,
    }


def _details(group: Group) -> dict[str, Json]:
    return {
        "ID": group.id,
        "NAME": group.name,
        "DESCRIPTION": "",
        "DATE_CREATE": datetime.fromisoformat(group.created).strftime("%d.%m.%Y %H:%M:%S"),
        "ACTIVE": "Y",
        "VISIBLE": "N" if group.access == "secret" else "Y",
        "OPENED": "Y" if group.access == "open" else "N",
        "CLOSED": "Y" if group.closed else "N",
        "PROJECT": "Y" if group.kind == "project" else "N",
        "TYPE": group.kind,
        "OWNER_ID": group.owner_id,
        "NUMBER_OF_MEMBERS": len(group.members),
    }


def _actions(call: Call, group: Group) -> dict[str, Json]:
    role = group.members.get(call.person.id)
    owns = role == "A" or call.person.admin
    return {
        "EDIT": owns,
        "DELETE": owns,
        "INVITE": role in ("A", "E"),
        "JOIN": role is None and group.access != "secret",
        "LEAVE": role in ("E", "K"),
        "FOLLOW": role is not None,
        "PIN": role is not None,
        "EDIT_FEATURES": owns,
    }


METHODS = (
    Method("socialnetwork.api.workgroup.list", workgroup_list, ("socialnetwork",)),
    Method("socialnetwork.api.workgroup.get", workgroup_get, ("socialnetwork",)),
)
