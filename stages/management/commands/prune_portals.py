"""Delete what is stored of portals that uninstalled the app and asked for it, when it is time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from stages.services.embedding import cleaning


class Command(BaseCommand):
    help = "Delete the data of portals that wanted that a week ago; run it once a day."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for host in cleaning.delete_due():
            self.stdout.write(f"Deleted the data of {host}.")
