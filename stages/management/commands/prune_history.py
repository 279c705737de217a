"""Forget changes that are older than some days."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.utils import timezone

from stages.management import arguments
from stages.management.tidy_command import Error, TidyCommand
from stages.services.changes import pruning


class Command(TidyCommand):
    help = "Delete the changes older than so many days, and the stages nothing refers to any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=arguments.number(0, 36_500),
            required=True,
            metavar="N",
            help="how many days are kept",
        )
        parser.add_argument("--yes", action="store_true", help="keep none at all, with --days 0")

    def run(self, options: dict[str, Any]) -> None:
        days = options["days"]
        if days == 0 and not options["yes"]:
            raise Error("--days 0 deletes the whole history; say --yes if that is meant")
        before = timezone.now() - timedelta(days=days)
        changes, keys = pruning.prune(before=before)
        self.stdout.write(f"Deleted {changes} changes older than {days} days, {keys} stages' keys.")
