"""Moving a stage."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from stages.management import arguments
from stages.management.edit_command import DraftCommand
from stages.services import drafts
from stages.services.writing import Draft


class Command(DraftCommand):
    help = "Move a stage of a board: after another one, to the start or to the end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.board(parser)
        arguments.stage(parser)
        arguments.place(parser, required=True)
        super().add_arguments(parser)

    def draft(self, options: dict[str, Any]) -> Draft:
        return drafts.move(options["stage"], after=options["after"])
