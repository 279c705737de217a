"""Groups and who is what in them. Scopes: sonet_group; socialnetwork for the types."""

from __future__ import annotations

from collections.abc import Sequence

from stages.bitrix24.command import Command
from stages.bitrix24.page import Page
from stages.bitrix24.payloads import groups as payloads
from stages.domain.access import GroupType, Role
from stages.domain.group import Group


def get_groups(
    *, ids: Sequence[int] | None = None, name: str = "", start: int = 0, as_admin: bool = False
) -> Command[Page[Group]]:
    """List the groups the connected person can see, by name: all, some, or by a part of the name.

    https://apidocs.bitrix24.com/api-reference/sonet-group/sonet-group-get.html
    """
    return Command(
        "sonet_group.get",
        {
            "ORDER": {"NAME": "ASC"},
            "FILTER": {"ID": None if ids is None else list(ids), "%NAME": name or None},
            "IS_ADMIN": _flag(as_admin),
            "start": start,
        },
        payloads.groups,
    )


def get_group(*, group_id: int, as_admin: bool = False) -> Command[Group | None]:
    """Find a group, None where the connected person can see none with this id.

    https://apidocs.bitrix24.com/api-reference/sonet-group/sonet-group-get.html
    """
    return Command(
        "sonet_group.get",
        {"FILTER": {"ID": group_id}, "IS_ADMIN": _flag(as_admin)},
        payloads.group,
    )


def my_roles() -> Command[dict[int, Role]]:
    """Read the connected person's roles, by group.

    https://apidocs.bitrix24.com/api-reference/sonet-group/sonet-group-user-groups.html
    """
    return Command("sonet_group.user.groups", {}, payloads.roles_by_group)


def roles(*, group_id: int) -> Command[dict[int, Role]]:
    """Read the roles in a group, by person.

    https://apidocs.bitrix24.com/api-reference/sonet-group/members/sonet-group-user-get.html
    """
    return Command("sonet_group.user.get", {"ID": group_id}, payloads.roles_by_person)


def types(*, start: int = 0) -> Command[Page[tuple[int, GroupType]]]:
    """List the types of the groups.

    https://apidocs.bitrix24.com/api-reference/sonet-group/socialnetwork-api-workgroup-list.html
    """
    return Command(
        "socialnetwork.api.workgroup.list",
        {"select": ["ID", "TYPE"], "order": {"ID": "ASC"}, "start": start},
        payloads.types,
    )


def type_of(*, group_id: int) -> Command[GroupType | None]:
    """Read the type of a group, None where the portal does not tell.

    https://apidocs.bitrix24.com/api-reference/sonet-group/socialnetwork-api-workgroup-list.html
    """
    return Command(
        "socialnetwork.api.workgroup.list",
        {"filter": {"ID": group_id}, "select": ["ID", "TYPE"]},
        payloads.type_of_one,
    )


def _flag(as_admin: bool) -> str | None:
    return "Y" if as_admin else None
