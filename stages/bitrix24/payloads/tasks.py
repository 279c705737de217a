"""What `tasks.task.list` answers."""

from __future__ import annotations

from typing import Annotated

import pydantic

from stages.bitrix24.command import Reply
from stages.bitrix24.page import Page
from stages.bitrix24.payloads import paging, wire
from stages.domain.task import Task

_COMPLETED = 5


class _Task(wire.NewRecord):
    id: int
    title: wire.Text = ""
    stage_id: int = 0
    status: int


class _Tasks(wire.NewRecord):
    tasks: Annotated[tuple[_Task, ...], wire.Records]


_TASKS = pydantic.TypeAdapter(_Tasks)


def tasks(reply: Reply) -> Page[Task]:
    read = wire.read(_TASKS, reply.result).tasks
    return paging.page(
        (Task(one.id, one.title, one.stage_id, one.status == _COMPLETED) for one in read), reply
    )


def count(reply: Reply) -> int | None:
    """Return how many tasks there are on all pages, None where the portal did not count."""
    return reply.total
