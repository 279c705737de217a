"""sonet_group.*: the old methods about workgroups."""

from __future__ import annotations

from sandbox import rights
from sandbox.entities import Group
from sandbox.errors import RestError
from sandbox.methods import filters
from sandbox.methods.base import Method
from sandbox.php import Json, to_array, to_int, to_text
from sandbox.process import Call, Page

SUBJECT = "Working groups"


def get(call: Call) -> Page:
    """List the groups visible to the caller, or all for an administrator who asks."""
    sees_all = call.params.get("IS_ADMIN") == "Y" and call.person.admin
    groups = [
        group
        for group in call.portal.groups.values()
        if sees_all or rights.sees_group(call.person, group)
    ]
    conditions = dict(to_array(call.params.get("FILTER")))
    if call.params.get("GROUP_ID"):
        conditions["ID"] = call.params["GROUP_ID"]
    rows = filters.select([_row(group) for group in groups], conditions)
    rows = filters.order(rows, to_array(call.params.get("ORDER")) or {"ID": "ASC"})
    return filters.page(rows, call.start, lambda part: [_json(row) for row in part])


def user_groups(call: Call) -> Json:
    """List the caller's own groups with the caller's role in each."""
    return [
        {
            "GROUP_ID": str(group.id),
            "GROUP_NAME": group.name,
            "ROLE": group.members[call.person.id],
            "GROUP_IMAGE_ID": None,
            "GROUP_IMAGE": "",
            "IS_EXTRANET": "N",
        }
        for group in call.portal.groups.values()
        if call.person.id in group.members
    ]


def user_get(call: Call) -> Json:
    """List the active members of a group with their roles."""
    group = _visible_group(call, to_int(call.params.get("ID")))
    return [
        {"USER_ID": str(user_id), "ROLE": role}
        for user_id, role in group.members.items()
        if call.portal.users[user_id].active
    ]


def feature_access(call: Call) -> Json:
    """Tell whether the caller may do one operation of the group's tasks."""
    group = _visible_group(call, to_int(call.params.get("GROUP_ID")))
    if to_text(call.params.get("FEATURE")) != "tasks":
        return False
    operation = to_text(call.params.get("OPERATION"))
    if operation in ("view", "view_all"):
        return rights.reads_tasks(call.portal, call.person, group.id)
    if operation in ("sort", "create_tasks"):
        return rights.sorts_tasks(call.portal, call.person, group.id)
    return operation in ("edit_tasks", "delete_tasks") and rights.manages_stages(
        call.portal, call.person, group.id
    )


def _visible_group(call: Call, group_id: int) -> Group:
    if group_id <= 0:
        raise RestError("", "Wrong socialnetwork group ID")
    group = call.portal.groups.get(group_id)
    if group is None or not rights.sees_group(call.person, group):
        raise RestError("", "Socialnetwork group not found")
    return group


def _row(group: Group) -> filters.Row:
    return {
        "ID": str(group.id),
        "SITE_ID": "s1",
        "NAME": group.name,
        "DESCRIPTION": "",
        "DATE_CREATE": group.created,
        "DATE_UPDATE": group.created,
        "DATE_ACTIVITY": group.created,
        "ACTIVE": "Y",
        "VISIBLE": "N" if group.access == "secret" else "Y",
        "OPENED": "Y" if group.access == "open" else "N",
        "CLOSED": "Y" if group.closed else "N",
        "SUBJECT_ID": "1",
        "OWNER_ID": str(group.owner_id),
        "KEYWORDS": "",
        "NUMBER_OF_MEMBERS": str(len(group.members)),
        "SUBJECT_NAME": SUBJECT,
        "PROJECT": "Y" if group.kind == "project" else "N",
        "IS_EXTRANET": "N",
    }


def _json(row: filters.Row) -> Json:
    return dict(row)


METHODS = (
    Method("sonet_group.get", get, ("sonet_group",)),
    Method("sonet_group.user.groups", user_groups, ("sonet_group",)),
    Method("sonet_group.user.get", user_get, ("sonet_group",)),
    Method("sonet_group.feature.access", feature_access, ("sonet_group",)),
)
