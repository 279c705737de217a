#!/usr/bin/env python
"""Django's command line."""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management import ManagementUtility

from stages.management import serving

_SERVE = ("local", "runsandbox")


class Commands(ManagementUtility):
    """Django's commands and ours, of which one that does not exist is wrong usage."""

    def fetch_command(self, subcommand: str) -> Any:
        try:
            return super().fetch_command(subcommand)
        except SystemExit:
            sys.exit(2)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boardadmin.settings")
    if not any(name in _SERVE for name in sys.argv[1:2]):
        for name, port in serving.ports(Path(__file__).resolve().parent / "var").items():
            os.environ.setdefault(name, port)
    Commands(sys.argv).execute()
