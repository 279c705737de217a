"""What `sonet_group.*` and `socialnetwork.api.workgroup.list` answer."""

from __future__ import annotations

from typing import Annotated

import pydantic

from stages.bitrix24.command import Reply
from stages.bitrix24.page import Page
from stages.bitrix24.payloads import paging, wire
from stages.domain.access import GroupType, Role
from stages.domain.group import Group


class _Group(wire.OldRecord):
    id: int
    name: wire.Text = ""
    closed: wire.YesNo = False


class _Membership(wire.OldRecord):
    group_id: int
    role: wire.Text


class _Member(wire.OldRecord):
    user_id: int
    role: wire.Text


class _Workgroup(wire.NewRecord):
    id: int
    type: wire.Text = ""


class _Workgroups(wire.NewRecord):
    workgroups: Annotated[tuple[_Workgroup, ...], wire.Records]


_ROLES = frozenset(Role)
_TYPES = frozenset(GroupType)

_GROUPS = pydantic.TypeAdapter(Annotated[tuple[_Group, ...], wire.Records])
_MEMBERSHIPS = pydantic.TypeAdapter(Annotated[tuple[_Membership, ...], wire.Records])
_MEMBERS = pydantic.TypeAdapter(Annotated[tuple[_Member, ...], wire.Records])
_WORKGROUPS = pydantic.TypeAdapter(_Workgroups)


def groups(reply: Reply) -> Page[Group]:
    read = wire.read(_GROUPS, reply.result)
    return paging.page((Group(one.id, one.name, one.closed) for one in read), reply)


def group(reply: Reply) -> Group | None:
    return next(iter(groups(reply).items), None)


def roles_by_group(reply: Reply) -> dict[int, Role]:
    read = wire.read(_MEMBERSHIPS, reply.result)
    return {one.group_id: Role(one.role) for one in read if one.role in _ROLES}


def roles_by_person(reply: Reply) -> dict[int, Role]:
    read = wire.read(_MEMBERS, reply.result)
    return {one.user_id: Role(one.role) for one in read if one.role in _ROLES}


def types(reply: Reply) -> Page[tuple[int, GroupType]]:
    """Return the types by group; groups of a type nobody here knows are left out."""
    read = wire.read(_WORKGROUPS, reply.result).workgroups
    return paging.page(((one.id, GroupType(one.type)) for one in read if one.type in _TYPES), reply)


def type_of_one(reply: Reply) -> GroupType | None:
    return next((group_type for _, group_type in types(reply).items), None)
