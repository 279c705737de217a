"""What `task.stages.*` answers."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import pydantic
from pydantic import BeforeValidator

from stages.bitrix24 import errors
from stages.bitrix24.command import Reply
from stages.bitrix24.payloads import wire
from stages.domain.board import LARGEST_ID
from stages.domain.color import FALLBACK
from stages.domain.stage import Stage, SystemType


def _system_type(value: object) -> SystemType | None:
    with suppress(ValueError):
        return SystemType(str(value))
    return None


# What is no number of a stage would be one nowhere: not in an address, not in the database.
_StageId = Annotated[wire.Id, pydantic.Field(gt=0, le=LARGEST_ID)]


class _Stage(wire.OldRecord):
    id: _StageId
    title: wire.Text = ""
    color: wire.WireColor = FALLBACK
    sort: wire.Number = 0
    system_type: Annotated[SystemType | None, BeforeValidator(_system_type)] = None


_STAGES = pydantic.TypeAdapter(Annotated[tuple[_Stage, ...], wire.Records])
_ID = pydantic.TypeAdapter(_StageId)
_FLAG = pydantic.TypeAdapter(bool)


def stages(reply: Reply) -> tuple[Stage, ...]:
    """Return the stages in the board's order; the order of a JSON object means nothing."""
    read = wire.read(_STAGES, reply.result)
    return tuple(
        Stage(one.id, one.title, one.color, one.sort, one.system_type)
        for one in sorted(read, key=lambda one: (one.sort, one.id))
    )


def new_id(reply: Reply) -> int:
    return wire.read(_ID, reply.result)


def flag(reply: Reply) -> bool:
    return wire.read(_FLAG, reply.result)


def done(reply: Reply) -> None:
    """Accept the `true` that says that something was done; nothing else says so."""
    if not flag(reply):
        raise errors.UnexpectedAnswer(description=f"{reply.result!r:.100} instead of true")
