"""Pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from stages.bitrix24.command import Reply
from stages.bitrix24.page import Page

T = TypeVar("T")


def page(items: Iterable[T], reply: Reply) -> Page[T]:
    """Return the items as the page the reply is."""
    return Page(tuple(items), reply.next, reply.total)
