"""What was changed, by whom."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from stages.management import arguments
from stages.management.portal_command import PortalCommand
from stages.management.printing import Column
from stages.services import shapes
from stages.services.changes import listing
from stages.services.changes.entries import Entry
from stages.services.connections import Connection

_MOST = 1000
_COLUMNS = (Column("ID", "right"), *map(Column, ("When", "Who", "Board", "What", "Undo")))


class Command(PortalCommand):
    help = "List the changes of the boards you see, the latest first; `undo ID` takes one back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.board(parser, optional=True)
        parser.add_argument(
            "--limit",
            type=arguments.number(1, _MOST),
            default=20,
            metavar="N",
            help=f"how many, up to {_MOST}; 20 without it",
        )
        arguments.dry_run(parser)
        arguments.as_admin(parser)
        super().add_arguments(parser)

    def act(self, connection: Connection, options: dict[str, Any]) -> None:
        listed = listing.changes(
            connection=connection,
            board=options["board"],
            size=options["limit"],
            as_admin=options["as_admin"],
        )
        if options["dry_run"]:
            if options["json"]:
                self.print_json([])
            self.stderr.write("Nothing would be sent: a history is only looked at.")
            return
        if options["json"]:
            self.print_json([shapes.change_as_json(entry) for entry in listed.entries])
            return
        self.print_table(_COLUMNS, [_row(entry) for entry in listed.entries], options)
        if not listed.entries:
            self.stderr.write("Nothing was changed yet that you may see.")


def _row(entry: Entry) -> tuple[str, ...]:
    return (
        str(entry.id),
        f"{entry.at.astimezone():%Y-%m-%d %H:%M}",
        entry.who,
        str(entry.board or ""),
        entry.sentence,
        "undone" if entry.undone else "yes" if entry.can_undo else "no",
    )
