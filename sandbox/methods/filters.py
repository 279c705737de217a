"""Filters with operator prefixes, ordering and paging of list methods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from sandbox.php import Array, Json, Value, to_array, to_list, to_text
from sandbox.process import Page

PAGE_SIZE = 50
Row = Mapping[str, Value]

_KEY = re.compile(r"(!><|><|!=|<=|>=|!%|[=!<>%?]?)(.*)", re.DOTALL)


def select(rows: Iterable[Row], conditions: Value) -> list[Row]:
    """Return the rows that meet every condition; unknown keys are ignored."""
    checks = [(*_split(key), wanted) for key, wanted in to_array(conditions).items()]
    return [
        row
        for row in rows
        if all(
            _meets(operator, row[name], wanted) for operator, name, wanted in checks if name in row
        )
    ]


def order(rows: list[Row], by: Array) -> list[Row]:
    """Sort by several fields; unknown ones are ignored."""
    for name, direction in reversed(by.items()):
        if rows and name in rows[0]:
            rows = sorted(rows, key=_by(name), reverse=to_text(direction).lower()[:4] == "desc")
    return rows


def _by(name: str) -> Callable[[Row], tuple[int, float, str]]:
    return lambda row: _comparable(row[name])


def page(rows: list[Row], start: int, wrap: Callable[[list[Row]], Json]) -> Page:
    """Cut out the page that holds record `start`: offsets round down to whole pages."""
    first = max(0, start) // PAGE_SIZE * PAGE_SIZE
    following = first + PAGE_SIZE
    return Page(
        wrap(rows[first:following]),
        total=len(rows),
        next=following if following < len(rows) else None,
    )


def _split(key: str) -> tuple[str, str]:
    match = _KEY.fullmatch(key)
    return (match[1], match[2]) if match else ("", key)


def _meets(operator: str, actual: Value, wanted: Value) -> bool:
    options = to_list(wanted)
    if not options:
        return True
    if operator.startswith("!"):
        return not _meets(operator[1:] or "=", actual, wanted)
    if operator == "><":
        low, high = (*options, None, None)[:2]
        return _comparable(low) <= _comparable(actual) <= _comparable(high)
    return any(_OPERATORS[operator](actual, option) for option in options)


def _comparable(value: Value) -> tuple[int, float, str]:
    text = {True: "Y", False: "N"}.get(value, "") if isinstance(value, bool) else to_text(value)
    try:
        return (0, float(text), "")
    except ValueError:
        return (1, 0.0, text.casefold())


def _contains(actual: Value, wanted: Value) -> bool:
    return to_text(wanted).casefold() in to_text(actual).casefold()


_OPERATORS: dict[str, Callable[[Value, Value], bool]] = {
    "": lambda actual, wanted: _comparable(actual) == _comparable(wanted),
    "=": lambda actual, wanted: _comparable(actual) == _comparable(wanted),
    "<": lambda actual, wanted: _comparable(actual) < _comparable(wanted),
    "<=": lambda actual, wanted: _comparable(actual) <= _comparable(wanted),
    ">": lambda actual, wanted: _comparable(actual) > _comparable(wanted),
    ">=": lambda actual, wanted: _comparable(actual) >= _comparable(wanted),
    "%": _contains,
    "?": _contains,
}
