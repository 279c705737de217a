"""Forget changes that are older than some days."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from stages.services.changes import pruning


class Command(BaseCommand):
    help = "Delete the changes older than so many days, and the stages nothing refers to any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, required=True, help="how many days are kept")
        parser.add_argument("--yes", action="store_true", help="keep none at all, with --days 0")

    def handle(self, *_args: Any, **options: Any) -> None:
        days = options["days"]
        if not 0 <= days <= 36_500:
            raise CommandError("--days takes a number from 0 to 36500")
        if days == 0 and not options["yes"]:
            raise CommandError("--days 0 deletes the whole history; say --yes if that is meant")
        before = timezone.now() - timedelta(days=days)
        changes, keys = pruning.prune(before=before)
        self.stdout.write(f"Deleted {changes} changes older than {days} days, {keys} stages' keys.")
