"""Taking a change back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from stages.management import arguments
from stages.management.edit_command import EditCommand
from stages.management.progress import TaskProgress
from stages.management.tidy_command import Error
from stages.services import dry_run, portions, shapes
from stages.services.changes import listing
from stages.services.connections import Connection
from stages.services.removal_words import Stopped


class Command(EditCommand):
    help = "Undo a change, as far as nothing that came after it stands in the way."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "change", metavar="CHANGE", type=arguments.change, help=arguments.CHANGE_HELP
        )
        super().add_arguments(parser)

    def act(self, connection: Connection, options: dict[str, Any]) -> None:
        change_id, as_admin = options["change"], options["as_admin"]
        if options["dry_run"]:
            sent = dry_run.undo(connection=connection, change_id=change_id, as_admin=as_admin)
            self.print_sent(sent, options)
            return
        try:
            with TaskProgress(rest="`history` says whether the change is undone.") as watch:
                done = portions.undo(
                    connection=connection, change_id=change_id, watch=watch, as_admin=as_admin
                )
        except Stopped as stopped:
            rest = "The same command again goes on." if stopped.run else ""
            raise Error(f"{stopped.message} {rest}".strip()) from stopped
        if not options["json"]:
            self.print_line(done.sentence)
            return
        made = done.change_id or change_id
        entry = listing.made(connection=connection, details=done.details, change_id=made)
        self.print_json(shapes.change_as_json(entry))
