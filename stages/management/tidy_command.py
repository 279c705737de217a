"""What all commands of ours have in common: errors in one line, and their exit codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as AnyDatabaseError

from stages.management import printing
from stages.services.refusals import Refusal

_MIGRATE = "`manage.py migrate` makes the tables that are missing."


class Error(CommandError):
    """What Django prints as one line, "Error: …", before it ends the command."""


class TidyCommand(BaseCommand):
    """A command: `run` does it.

    What is refused ends it with one line and the code 1, what was not understood with the code 2.
    """

    requires_system_checks = ()

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self.run(options)
        except Refusal as refusal:
            raise self.refused(refusal) from refusal
        except AnyDatabaseError as error:
            told = f"The database cannot be used ({error}). Check DATABASE_URL; {_MIGRATE}"
            raise Error(printing.line(told)) from error

    def run(self, options: dict[str, Any]) -> None:
        raise NotImplementedError

    def refused(self, refusal: Refusal) -> Error:
        """Return a refusal as the line that ends the command."""
        return Error(printing.line(f"{refusal.message} {refusal.hint}"))
