"""A whole new order of a board's stages."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from stages.management import arguments
from stages.management.edit_command import DraftCommand
from stages.services import drafts, shapes, stage_edits
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.writing import Draft


class Command(DraftCommand):
    help = "Give the stages of a board a new order, in as few moves as it takes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.board(parser)
        parser.add_argument(
            "order",
            metavar="STAGE",
            nargs="+",
            type=arguments.named_stage,
            help="every stage of the board once, by number or title",
        )
        super().add_arguments(parser)

    def draft(self, options: dict[str, Any]) -> Draft:
        return drafts.reorder(options["order"])

    def edit(self, connection: Connection, options: dict[str, Any]) -> Outcome:
        return stage_edits.reorder(
            connection=connection,
            ref=options["board"],
            order=options["order"],
            as_admin=options["as_admin"],
        )

    def as_json(self, outcome: Outcome, _options: dict[str, Any]) -> object:
        return {**shapes.board_as_json(outcome.details), "moves": len(outcome.wanted)}
