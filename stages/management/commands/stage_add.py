"""Adding a stage."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from stages.management import arguments
from stages.management.edit_command import DraftCommand
from stages.services import drafts
from stages.services.writing import Draft


class Command(DraftCommand):
    help = "Add a stage to a board: at the end, or where it is wanted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.board(parser)
        parser.add_argument("title", metavar="TITLE", type=arguments.title)
        parser.add_argument(
            "--color",
            metavar="COLOR",
            type=arguments.color,
            help=f"{arguments.COLOR_HELP}; the portal's next default without it",
        )
        arguments.place(parser, required=False)
        super().add_arguments(parser)

    def draft(self, options: dict[str, Any]) -> Draft:
        return drafts.add(options["title"], color=options["color"] or "", after=options["after"])
