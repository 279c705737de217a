"""The boards of a portal."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from stages.management.portal_command import PortalCommand
from stages.management.printing import Column
from stages.services import boards, shapes
from stages.services.connections import Connection

_COLUMNS = (Column("Board"), Column("Title"), Column("You may edit"), Column("Closed"))


class Command(PortalCommand):
    help = "List My Planner and the boards of the groups you see, and which you may edit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--search", default="", metavar="WORDS", help="those whose title has each word"
        )
        super().add_arguments(parser)

    def act(self, connection: Connection, options: dict[str, Any]) -> None:
        found = boards.list_boards(connection=connection, search=options["search"])
        if options["json"]:
            self.print_json([shapes.listed_board_as_json(board) for board in found])
            return
        rows = [
            (
                str(board.ref),
                board.title,
                f"no: {board.barrier.value}" if board.barrier else "yes",
                "closed" if board.closed else "",
            )
            for board in found
        ]
        self.print_table(_COLUMNS, rows, options)
