"""What the credentials give; no scope is needed to ask."""

from __future__ import annotations

from stages.bitrix24.command import Command
from stages.bitrix24.payloads import access as payloads


def scopes() -> Command[frozenset[str]]:
    """Read which scopes the credentials have.

    https://apidocs.bitrix24.com/api-reference/common/system/scope.html
    """
    return Command("scope", {}, payloads.scopes)
