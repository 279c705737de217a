"""What the commands that edit a board have in common."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from stages.management import arguments
from stages.management.portal_command import PortalCommand
from stages.services import dry_run, shapes, stage_names, writing
from stages.services.connections import Connection
from stages.services.dry_run import Planned
from stages.services.outcome import Outcome
from stages.services.writing import Draft


class EditCommand(PortalCommand):
    """A command that changes a board, or with `--dry-run` says what it would send."""

    interrupted = "Interrupted: the edit may have been made. `stages` shows the board as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.dry_run(parser)
        arguments.as_admin(parser)
        super().add_arguments(parser)

    def print_sent(self, sent: Sequence[Planned], options: dict[str, Any]) -> None:
        if options["json"]:
            self.print_json([{"method": one.method, "params": one.params} for one in sent])
            return
        for one in sent:
            self.print_line(str(one))
        if not sent:
            self.stderr.write("Nothing would be sent: the board is as wanted.")


class DraftCommand(EditCommand):
    """A command that makes the edits of a draft."""

    def draft(self, options: dict[str, Any]) -> Draft:
        raise NotImplementedError

    def act(self, connection: Connection, options: dict[str, Any]) -> None:
        ref, as_admin = options["board"], options["as_admin"]
        if options["dry_run"]:
            draft = self.draft(options)
            sent = dry_run.edits(connection=connection, ref=ref, draft=draft, as_admin=as_admin)
            self.print_sent(sent, options)
            return
        outcome = self.edit(connection, options)
        if options["json"]:
            self.print_json(self.as_json(outcome, options))
        else:
            self.print_line(outcome.sentence)

    def edit(self, connection: Connection, options: dict[str, Any]) -> Outcome:
        ref, draft = options["board"], self.draft(options)
        return writing.write(connection, ref, draft, as_admin=options["as_admin"])

    def as_json(self, outcome: Outcome, options: dict[str, Any]) -> object:
        """Return what `--json` prints of an edit: the stage, as it is now."""
        stage_id = outcome.added or stage_names.find(outcome.before, options["stage"])
        return shapes.stage_as_json(outcome.details.stage(stage_id))
