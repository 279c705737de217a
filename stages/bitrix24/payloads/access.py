"""What `scope` answers."""

from __future__ import annotations

from typing import Annotated

import pydantic

from stages.bitrix24.command import Reply
from stages.bitrix24.payloads import wire

_SCOPES = pydantic.TypeAdapter(Annotated[frozenset[str], wire.Records])


def scopes(reply: Reply) -> frozenset[str]:
    return wire.read(_SCOPES, reply.result)
