"""A database that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error, OperationalError, connection

Statement = Callable[[str], bool]


@contextmanager
def failing(
    fails: Statement = lambda _sql: True, kind: type[Error] = OperationalError
) -> Iterator[None]:
    """Let the statements that `fails` picks fail, but for those that end a transaction."""

    def execute(go_on: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if "SAVEPOINT" not in sql and fails(sql):
            raise kind
        return go_on(sql, *rest)

    with connection.execute_wrapper(execute):
        yield
