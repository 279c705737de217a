#!/usr/bin/env python
"""Django's command line."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from stages.management import serving

_SERVE = ("local", "runsandbox")

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boardadmin.settings")
    if not any(name in _SERVE for name in sys.argv[1:2]):
        for name, port in serving.ports(Path(__file__).resolve().parent / "var").items():
            os.environ.setdefault(name, port)
    execute_from_command_line(sys.argv)
