"""Databases of their own for the installations that tests start."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier


@contextmanager
def own(folder: Path) -> Iterator[str]:
    """Yield the DATABASE_URL of an empty database of the kind that the tests run on.

    It is a file in the folder, or a database of a new name on the server at DATABASE_URL, which
    goes when the block ends.
    """
    tests = os.environ.get("DATABASE_URL", "")
    if not tests.startswith("postgres"):
        yield f"sqlite:///{folder}/db.sqlite3"
        return
    name = f"installation_{uuid4().hex}"
    with psycopg.connect(tests, autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    try:
        yield urlsplit(tests)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(tests, autocommit=True) as server:
            # A process that was killed may be connected for a moment longer.
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
