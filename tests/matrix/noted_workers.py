"""Gunicorn's configuration for workers that a test kills: their numbers go to a file."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import Any

globals().update(runpy.run_path("gunicorn.conf.py"))  # all else is as it always is


def post_fork(_server: Any, worker: Any) -> None:
    with Path(os.environ["WORKERS_NOTED_IN"]).open("a") as file:
        file.write(f"{worker.pid}\n")
