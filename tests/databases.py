"""Databases of their own for the installations that tests start."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier


@contextmanager
def own(folder: Path, *, like: str = "") -> Iterator[str]:
    """Yield the DATABASE_URL of a database of the kind that the tests run on.

    It is a file in the folder, or a database of a new name on the server at DATABASE_URL, which
    goes when the block ends. It is empty, or as the one at the address `like`, which nobody may be
    connected to.
    """
    tests = os.environ.get("DATABASE_URL", "")
    if not tests.startswith("postgres"):
        if like:
            shutil.copy(like.removeprefix("sqlite:///"), folder / "db.sqlite3")
        yield f"sqlite:///{folder}/db.sqlite3"
        return
    name = f"installation_{uuid4().hex}"
    template = urlsplit(like).path[1:] or "template1"
    with psycopg.connect(tests, autocommit=True) as server:
        server.execute(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template))
        )
    try:
        yield urlsplit(tests)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(tests, autocommit=True) as server:
            # A process that was killed may be connected for a moment longer.
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
