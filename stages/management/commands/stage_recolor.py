"""Recolouring a stage."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from stages.management import arguments
from stages.management.edit_command import DraftCommand
from stages.services import drafts
from stages.services.writing import Draft


class Command(DraftCommand):
    help = "Give a stage of a board another colour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.board(parser)
        arguments.stage(parser)
        parser.add_argument(
            "color", metavar="COLOR", type=arguments.color, help=arguments.COLOR_HELP
        )
        super().add_arguments(parser)

    def draft(self, options: dict[str, Any]) -> Draft:
        return drafts.recolor(options["stage"], options["color"])
