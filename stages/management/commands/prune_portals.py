"""Delete what is stored of portals that uninstalled the app and asked for it, when it is time."""

from __future__ import annotations

from typing import Any

from stages.management.tidy_command import TidyCommand
from stages.services.embedding import cleaning


class Command(TidyCommand):
    help = "Delete the data of portals that wanted that a week ago; run it once a day."

    def run(self, _options: dict[str, Any]) -> None:
        for host in cleaning.delete_due():
            self.stdout.write(f"Deleted the data of {host}.")
