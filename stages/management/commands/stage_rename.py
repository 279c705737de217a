"""Renaming a stage."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from stages.management import arguments
from stages.management.edit_command import PlannedEditCommand
from stages.services import plans
from stages.services.writing import Plan


class Command(PlannedEditCommand):
    help = "Give a stage of a board another title."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.board(parser)
        arguments.stage(parser)
        parser.add_argument("title", metavar="TITLE", type=arguments.title)
        super().add_arguments(parser)

    def plan(self, options: dict[str, Any]) -> Plan:
        return plans.rename(options["stage"], options["title"])
