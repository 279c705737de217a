"""Processes of robotic process automation, only read. Scope: rpa."""

from __future__ import annotations

from stages.bitrix24.command import Command
from stages.bitrix24.page import Page
from stages.bitrix24.payloads import rpa as payloads
from stages.domain.rpa import RpaStage, RpaType


def types(*, start: int = 0) -> Command[Page[RpaType]]:
    """List the processes.

    https://apidocs.bitrix24.com/api-reference/outdated/rpa/type/rpa-type-list.html
    """
    return Command("rpa.type.list", {"start": start}, payloads.types)


def stages(*, type_id: int) -> Command[tuple[RpaStage, ...]]:
    """List the stages of a process, without their tasks, fields and permissions.

    https://apidocs.bitrix24.com/api-reference/outdated/rpa/stage/rpa-stage-list-for-type.html
    """
    return Command("rpa.stage.listForType", {"typeId": type_id}, payloads.stages)


def stage(*, stage_id: int) -> Command[RpaStage]:
    """Read all about a stage.

    https://apidocs.bitrix24.com/api-reference/outdated/rpa/stage/rpa-stage-get.html
    """
    return Command("rpa.stage.get", {"id": stage_id}, payloads.stage)
