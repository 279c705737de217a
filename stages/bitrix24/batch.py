"""Many commands in one request, and what may travel together.

https://apidocs.bitrix24.com/settings/how-to-call-rest-api/batch.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from stages.bitrix24.command import Command, JSONValue

METHOD = "batch"
SIZE = 50

_SECONDS_PER_FURTHER_COMMAND = 1.0
_LONGEST = 60.0  # after which the portal ends any request

_STAGE_READ = "task.stages.get"
_STAGE_WRITES = frozenset({"task.stages.add", "task.stages.update", "task.stages.delete"})

# What the portal replaces by results of earlier commands, wherever it stands in a value.
_REFERENCE = re.compile(r"\$(?:result|error|total|next|time)", re.IGNORECASE)


def check(commands: Sequence[Command[Any]]) -> None:
    """Raise ValueError for commands that must not travel together.

    The portal runs a batch in one process, whose list of stages is not refreshed by writes and
    whose notion of whether stages are a group's or a person's sticks.
    """
    if len(set(commands)) != len(commands):
        raise ValueError("a batch holds each command once")
    if any(command.method == METHOD for command in commands):
        raise ValueError("a batch holds no batch")
    if len({kind for command in commands if (kind := _stages_of_group(command)) is not None}) > 1:
        raise ValueError("stages of My Planner and of groups do not go into one batch")
    written = False
    for command in commands:
        if written and command.method == _STAGE_READ:
            raise ValueError("stages read after a write to stages in one batch are the old ones")
        written = written or command.method in _STAGE_WRITES


def chunks(commands: Sequence[Command[Any]]) -> Iterator[tuple[Command[Any], ...]]:
    """Yield the commands in order, as many together as one request may carry.

    A command with a text that the portal would take for a reference goes alone: there is no way of
    quoting it inside a batch.
    """
    chunk: list[Command[Any]] = []
    for command in commands:
        alone = _mentions_reference(command.params)
        if chunk and (alone or len(chunk) == SIZE):
            yield tuple(chunk)
            chunk = []
        chunk.append(command)
        if alone:
            yield tuple(chunk)
            chunk = []
    if chunk:
        yield tuple(chunk)


def params(chunk: Sequence[Command[Any]], *, halt: bool) -> dict[str, JSONValue]:
    """Return the parameters of the batch; `halt` stops it at its first error.

    Names are not numbers, since PHP would make lists of the maps of results.
    """
    return {"halt": int(halt), "cmd": {name: _line(one) for name, one in named(chunk)}}


def named(chunk: Sequence[Command[Any]]) -> Iterator[tuple[str, Command[Any]]]:
    """Yield the commands with their names in the batch."""
    return ((f"c{position}", command) for position, command in enumerate(chunk))


def time_for(chunk: Sequence[Command[Any]], *, timeout: float) -> float:
    """Return the seconds a batch may take where a single command may take `timeout`."""
    return max(timeout, min(timeout + (len(chunk) - 1) * _SECONDS_PER_FURTHER_COMMAND, _LONGEST))


def _line(command: Command[Any]) -> str:
    """Return the command as the portal reads it: as a URL, so that values are encoded in JSON too.

    https://www.php.net/parse_str has the notation for nested values.
    """
    query = urlencode(list(_pairs("", command.params)), quote_via=quote)
    return f"{command.method}?{query}" if query else command.method


def _pairs(name: str, value: JSONValue) -> Iterator[tuple[str, str]]:
    items: Iterable[tuple[object, JSONValue]]
    if isinstance(value, Mapping):
        items = value.items()
    elif isinstance(value, Sequence) and not isinstance(value, str):
        items = enumerate(value)
    else:
        # PHP reads "True" and "False" both as true.
        yield name, str(int(value) if isinstance(value, bool) else value)
        return
    for key, item in items:
        yield from _pairs(f"{name}[{key}]" if name else str(key), item)


def _stages_of_group(command: Command[Any]) -> bool | None:
    """Return whether a command is about stages of a group, None where it does not show."""
    if not command.method.startswith("task.stages."):
        return None
    fields = command.params.get("fields")
    inner = fields.get("ENTITY_ID") if isinstance(fields, Mapping) else None
    entity_id = command.params.get("entityId", inner)
    return None if entity_id is None else bool(entity_id)


def _mentions_reference(value: JSONValue) -> bool:
    return any(_REFERENCE.search(text) for _, text in _pairs("", value))
