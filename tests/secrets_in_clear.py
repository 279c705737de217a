"""Looks for secrets in clear in all that tests write to the database and to the log.

Everything that goes to the database goes through a cursor, and everything that is logged through
the product's own handler, behind its filter; both are listened to here, in every thread, also for
what is rolled back or deleted afterwards.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from sandbox.app_defaults import CLIENT_SECRET
from tests.bitrix24 import server

# Names the file in which a process of its own, such as a started installation, notes what it finds.
REPORT = "SECRETS_IN_CLEAR"

# The tokens of the sandbox's authorization server, ours for the API, and webhooks with any code.
_SHAPES = (
    r"(?<![0-9a-f])[0-9a-f]{70}(?![0-9a-f])",
    r"\bba_[\w-]{43}",
    r"/rest/(?:api/)?[0-9]+/(?!\*\*\*)[\w-]+/",
)
_KNOWN = ("sandbox-admin", "sandbox-lead", "sandbox-member", server.SECRET, CLIENT_SECRET)


class Watch:
    """What was found in clear since the last look, and where."""

    def __init__(self) -> None:
        own = (settings.SECRET_KEY, *settings.FIELD_ENCRYPTION_KEYS)
        exact = (re.escape(secret) for secret in (*_KNOWN, *own))
        self._secret = re.compile("|".join((*exact, *_SHAPES)))
        self._found: list[str] = []

    def look(self, text: str, where: str) -> None:
        if match := self._secret.search(text):
            found = f"{where}: {match[0][:12]}… in {text[:300]!r}"
            self._found.append(found)
            if report := os.environ.get(REPORT):
                with Path(report).open("a") as file:
                    file.write(f"{found}\n")

    def taken(self) -> list[str]:
        """Return what was found, and forget it."""
        found, self._found = self._found, []
        return found

    def execute(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        """Let a statement pass; an `execute_wrapper` of Django's."""
        if sql.startswith(("INSERT", "UPDATE")):
            self.look(_as_text(params, sessions="django_session" in sql), sql.split("(")[0][:60])
        return execute(sql, params, many, context)


def _as_text(params: Any, *, sessions: bool) -> str:
    if isinstance(params, Mapping):
        return _as_text(list(params.values()), sessions=sessions)
    if isinstance(params, Sequence) and not isinstance(params, str | bytes):
        return "\n".join(_as_text(one, sessions=sessions) for one in params)
    if sessions and isinstance(params, str):
        return f"{params} {SessionStore().decode(params)}"
    # psycopg's wrapper of JSON, which shortens itself where it is printed
    return json.dumps(params.obj) if hasattr(params, "obj") else str(params)


WATCH = Watch()


class Console(logging.StreamHandler[Any]):
    """The product's console handler, with its filter and formatter, and an eye on it."""

    def emit(self, record: logging.LogRecord) -> None:
        WATCH.look(self.format(record), "the log")
        super().emit(record)


def _listen(connection: BaseDatabaseWrapper, **_more: Any) -> None:
    if WATCH.execute not in connection.execute_wrappers:
        connection.execute_wrappers.append(WATCH.execute)


connection_created.connect(_listen)
