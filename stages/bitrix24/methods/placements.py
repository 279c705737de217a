"""Places in the portal's pages that open the app. Scope: placement; for administrators."""

from __future__ import annotations

from stages.bitrix24.command import Command, Reply
from stages.bitrix24.payloads import bindings
from stages.domain.binding import Binding


def get() -> Command[tuple[Binding, ...]]:
    """Read where the app is bound.

    https://apidocs.bitrix24.com/api-reference/widgets/placement-get.html
    """
    return Command("placement.get", {}, bindings.placements)


def bind(*, code: str, handler: str, title: str) -> Command[Reply]:
    """Bind a handler to a placement; what is bound already is an error.

    https://apidocs.bitrix24.com/api-reference/widgets/placement-bind.html
    """
    params = {"PLACEMENT": code, "HANDLER": handler, "TITLE": title}
    return Command("placement.bind", params, lambda reply: reply, writes=True)
