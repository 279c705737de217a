"""Calls to a portal by processes of their own, which share nothing but the database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection as database

from sandbox.server import Sandbox
from stages.models import Credential
from tests.architecture import places


@dataclass(frozen=True, slots=True)
class Run:
    """How calls by several processes went, as the portal saw it."""

    done: int
    refused: int
    seconds: float


def run(
    sandbox: Sandbox, credential: Credential, *, processes: int, calls: int, **settings: str
) -> Run:
    """Let so many processes make so many calls together, each as fast as it may."""
    command = [
        sys.executable,
        "-m",
        "tests.services.caller",
        str(credential.pk),
        str(calls // processes),
    ]
    environment = {
        **os.environ,
        **settings,
        "DATABASE_URL": _database_url(),
        "DJANGO_SETTINGS_MODULE": "boardadmin.settings",
    }
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    command,
                    cwd=places.ROOT,
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(processes)
        ]
        for process in started:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        began = time.monotonic()
        for process in started:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.wait() for process in started] == [0] * processes
        seconds = time.monotonic() - began
    statuses = [record.status for record in sandbox.requests]
    return Run(statuses.count(200), len(statuses) - statuses.count(200), seconds)


def _database_url() -> str:
    settings = database.settings_dict
    if database.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    person = f"{settings['USER']}:{quote(settings['PASSWORD'])}"
    return f"postgres://{person}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
