"""The stages of a board."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from stages.management import arguments
from stages.management.portal_command import PortalCommand
from stages.management.printing import Column
from stages.services import boards, shapes
from stages.services.connections import Connection

_COLUMNS = (Column("ID", "right"), Column("Title"), Column("Colour"), Column("Tasks", "right"))


class Command(PortalCommand):
    help = "List the stages of a board in their order. New tasks land in the first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.board(parser)
        arguments.as_admin(parser)
        super().add_arguments(parser)

    def act(self, connection: Connection, options: dict[str, Any]) -> None:
        details = boards.fetch(
            connection=connection, ref=options["board"], as_admin=options["as_admin"]
        )
        if options["json"]:
            self.print_json([shapes.stage_as_json(row) for row in details.stages])
            return
        rows = [
            (
                str(row.stage.id),
                row.stage.name,
                row.stage.color,
                "?" if row.task_count is None else str(row.task_count),
            )
            for row in details.stages
        ]
        self.print_table(_COLUMNS, rows, options)
