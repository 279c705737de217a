"""What `rpa.*` answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated

import pydantic
from pydantic import BeforeValidator

from stages.bitrix24.command import Reply
from stages.bitrix24.page import Page
from stages.bitrix24.payloads import paging, wire
from stages.domain.color import FALLBACK
from stages.domain.rpa import (
    RpaPermissions,
    RpaStage,
    RpaTask,
    RpaType,
    RpaUser,
    Semantic,
    TaskKind,
)


def _path(url: str) -> str:
    """Return a path on the portal; anything else could lead somewhere else, and is left out."""
    return url if _PATH.fullmatch(url) else ""


def _semantic(value: object) -> Semantic | None:
    with suppress(ValueError):
        return Semantic(str(value))
    return None


def _kind(robot_type: str) -> TaskKind | None:
    with suppress(ValueError):
        return TaskKind(robot_type)
    return None


_PATH = re.compile(r"/(?![/\\])[^\s\\]*")


class _Type(wire.NewRecord):
    id: int
    title: wire.Text = ""


class _Types(wire.NewRecord):
    types: Annotated[tuple[_Type, ...], wire.Records]


class _User(wire.NewRecord):
    entity_id: int
    name: wire.Text = ""
    url: wire.Text = ""


class _Task(wire.NewRecord):
    title: wire.Text = ""
    robot_type: wire.Text = ""
    robot_name: wire.Text = ""
    can_append_responsibles: wire.YesNo = False
    users: Annotated[tuple[_User, ...], wire.Records] = ()

    def value(self) -> RpaTask:
        return RpaTask(
            title=self.title,
            kind=_kind(self.robot_type),
            robot_type=self.robot_type,
            robot_name=self.robot_name,
            can_append_responsibles=self.can_append_responsibles,
            users=tuple(RpaUser(one.entity_id, one.name, _path(one.url)) for one in self.users),
        )


class _Permissions(wire.NewRecord):
    droppable: wire.YesNo = False
    can_move_from: wire.YesNo = False

    def value(self) -> RpaPermissions:
        return RpaPermissions(self.droppable, self.can_move_from)


def _flags(value: object) -> object:
    # A map of flags as far as anybody has seen; a list could only mean the names.
    return dict.fromkeys(map(str, value), True) if isinstance(value, list) else value


_Fields = Annotated[dict[str, object], BeforeValidator(_flags)]


class _Stage(wire.NewRecord):
    id: int
    name: wire.Text = ""
    code: wire.Text = ""
    color: wire.WireColor = FALLBACK
    sort: wire.Number = 0
    semantic: Annotated[Semantic | None, BeforeValidator(_semantic)] = None
    type_id: int
    is_first: wire.YesNo = False
    is_success: wire.YesNo = False
    is_fail: wire.YesNo = False
    possible_next_stages: Annotated[tuple[int, ...], wire.Records] = ()
    tasks: Annotated[tuple[_Task, ...], wire.Records] | None = None
    robots_count: wire.Number | None = None
    permissions: Annotated[_Permissions, wire.Map] | None = None
    fields: Annotated[dict[str, _Fields], wire.Map] | None = None

    def value(self) -> RpaStage:
        return RpaStage(
            id=self.id,
            name=self.name,
            code=self.code,
            color=self.color,
            sort=self.sort,
            semantic=self.semantic,
            type_id=self.type_id,
            is_first=self.is_first,
            is_success=self.is_success,
            is_fail=self.is_fail,
            possible_next_stages=self.possible_next_stages,
            tasks=None if self.tasks is None else tuple(task.value() for task in self.tasks),
            robots_count=self.robots_count,
            permissions=None if self.permissions is None else self.permissions.value(),
            fields=None if self.fields is None else _named(self.fields),
        )


class _Stages(wire.NewRecord):
    stages: Annotated[tuple[_Stage, ...], wire.Records]


_TYPES = pydantic.TypeAdapter(_Types)
_STAGE = pydantic.TypeAdapter(_Stage)
_STAGES = pydantic.TypeAdapter(_Stages)


def _named(fields: Mapping[str, _Fields]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the names of the fields that are flagged; the flags are all the portal keeps there."""
    return tuple(
        (what, tuple(name for name, flag in flags.items() if flag))
        for what, flags in fields.items()
    )


def types(reply: Reply) -> Page[RpaType]:
    read = wire.read(_TYPES, reply.result).types
    return paging.page((RpaType(one.id, one.title) for one in read), reply)


def stages(reply: Reply) -> tuple[RpaStage, ...]:
    """Return the stages of a process in its order."""
    read = wire.read(_STAGES, reply.result).stages
    return tuple(one.value() for one in sorted(read, key=lambda one: (one.sort, one.id)))


def stage(reply: Reply) -> RpaStage:
    """Return a stage, which is documented right under `result` and lies under `stage`."""
    result = reply.result
    if isinstance(result, Mapping) and "stage" in result:
        result = result["stage"]
    return wire.read(_STAGE, result).value()
