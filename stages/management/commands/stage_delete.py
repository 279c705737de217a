"""Deleting a stage, with its tasks moved first."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from stages.domain.task_moves import Removal
from stages.management import arguments
from stages.management.edit_command import EditCommand
from stages.management.progress import TaskProgress
from stages.management.tidy_command import Error
from stages.services import dry_run, portions
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from stages.services.removal_words import Stopped
from stages.services.stage_deletion import Removed

_AGAIN = "The same command again goes on."


class Command(EditCommand):
    help = "Delete a stage of a board. The tasks it holds move to another stage first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.board(parser)
        arguments.stage(parser)
        parser.add_argument(
            "--move-tasks-to",
            metavar="STAGE",
            type=arguments.named_stage,
            help="where its tasks go; needed where it holds some",
        )
        super().add_arguments(parser)

    def act(self, connection: Connection, options: dict[str, Any]) -> None:
        run = portions.removal(
            connection=connection,
            ref=options["board"],
            stage=options["stage"],
            target=options["move_tasks_to"],
            as_admin=options["as_admin"],
        )
        try:
            self._delete(connection, run, options)
        except Stopped as stopped:
            if stopped.run is None:
                raise
            raise Error(f"{stopped.message} {_AGAIN}") from stopped
        except Refusal as refusal:
            if refusal.code != "NO_EMPTY" or run.target_id is not None:
                raise
            raise Error(f"{refusal.message} Say where they go: --move-tasks-to STAGE.") from refusal

    def _delete(self, connection: Connection, run: Removal, options: dict[str, Any]) -> None:
        ref, as_admin = options["board"], options["as_admin"]
        if options["dry_run"]:
            sent = dry_run.removal(connection=connection, ref=ref, run=run, as_admin=as_admin)
            self.print_sent(sent, options)
            return
        with TaskProgress(rest=_AGAIN) as watch:
            done = portions.remove(
                connection=connection, ref=ref, run=run, watch=watch, as_admin=as_admin
            )
        if options["json"]:
            self.print_json(_as_json(done))
        else:
            self.print_line(done.sentence)


def _as_json(done: Removed) -> dict[str, int | None]:
    return {
        "id": done.run.stage_id,
        "move_tasks_to": done.run.target_id,
        "moved_tasks": len(done.run.moved),
        "change_id": done.outcome.change_id,
    }
