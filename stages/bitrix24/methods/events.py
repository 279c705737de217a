"""Events of the portal that the app hears of. No scope; OAuth only."""

from __future__ import annotations

from stages.bitrix24.command import Command, Reply
from stages.bitrix24.payloads import bindings
from stages.domain.binding import Binding


def get() -> Command[tuple[Binding, ...]]:
    """Read which events the app hears of.

    https://apidocs.bitrix24.com/api-reference/events/event-get.html
    """
    return Command("event.get", {}, bindings.events)


def bind(*, code: str, handler: str) -> Command[Reply]:
    """Bind a handler to an event; what is bound already is an error.

    https://apidocs.bitrix24.com/api-reference/events/event-bind.html
    """
    return Command("event.bind", {"event": code, "handler": handler}, lambda reply: reply, True)
