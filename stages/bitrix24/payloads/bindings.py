"""What `placement.get` and `event.get` answer."""

from __future__ import annotations

from typing import Annotated

import pydantic

from stages.bitrix24.command import Reply
from stages.bitrix24.payloads import wire
from stages.domain.binding import Binding


class _Placement(wire.NewRecord):
    placement: wire.Text
    handler: wire.Text


class _Event(wire.NewRecord):
    event: wire.Text
    handler: wire.Text


_PLACEMENTS = pydantic.TypeAdapter(Annotated[tuple[_Placement, ...], wire.Records])
_EVENTS = pydantic.TypeAdapter(Annotated[tuple[_Event, ...], wire.Records])


def placements(reply: Reply) -> tuple[Binding, ...]:
    found = wire.read(_PLACEMENTS, reply.result)
    return tuple(Binding(one.placement.upper(), one.handler) for one in found)


def events(reply: Reply) -> tuple[Binding, ...]:
    found = wire.read(_EVENTS, reply.result)
    return tuple(Binding(one.event.upper(), one.handler) for one in found)
