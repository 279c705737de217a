"""How PHP reads requests and writes JSON: query strings, arrays, casts and truth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import quote_plus, unquote_plus

Value: TypeAlias = "bool | int | float | str | dict[str, Value] | None"
Array: TypeAlias = "dict[str, Value]"
Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

_LEADING_NUMBER = re.compile(r"\s*([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)")
_INDEX = re.compile(r"0|-?[1-9]\d*")


def parse_query(text: str) -> Array:
    """Parse a query string as PHP does: brackets nest, `a[]` appends, the last value wins."""
    result: Array = {}
    for pair in text.split("&"):
        if not pair:
            continue
        raw_key, _, raw_value = pair.partition("=")
        put(result, unquote_plus(raw_key), unquote_plus(raw_value))
    return result


def put(array: Array, key: str, value: str) -> None:
    """Store a form field whose name may carry brackets; a nameless one is dropped."""
    path = split_key(key.lstrip(" "))
    if path[0]:
        _store(array, path, value)


def build_query(fields: Mapping[str, Json]) -> str:
    """Write fields as `http_build_query` does: brackets nest, null is left out."""
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value)}" for name, value in _flatten(from_json(fields))
    )


def _flatten(value: Value, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flatten(item, f"{name}[{key}]" if name else key)
    elif value is not None:
        yield name, to_text(int(value) if isinstance(value, bool) else value)


def split_key(key: str) -> list[str]:
    """Split `a[b][]` into its path; an empty part after the first means "append"."""
    name, bracket, rest = key.partition("[")
    parts: list[str] = []
    if bracket and "]" not in rest:  # PHP turns an unmatched bracket into an underscore
        name, rest = f"{name}_{rest}", ""
    else:
        rest = bracket + rest
    while rest.startswith("[") and "]" in rest:
        part, _, rest = rest[1:].partition("]")
        parts.append(part)
    return [re.sub(r"[. ]", "_", name), *parts]


def append(array: Array, value: Value) -> None:
    """Add the value under the next free integer key, as `array[] = value` does."""
    indexes = [int(key) for key in array if _INDEX.fullmatch(key)]
    array[str(max([*indexes, -1]) + 1)] = value


def _store(array: Array, path: list[str], value: str) -> None:
    for part in path[:-1]:
        child = array.get(part) if part else None
        if not isinstance(child, dict):
            child = {}
            if part:
                array[part] = child
            else:
                append(array, child)
        array = child
    if path[-1]:
        array[path[-1]] = value
    else:
        append(array, value)


def from_json(value: Json) -> Value:
    """Turn decoded JSON into PHP values: lists become arrays with integer keys."""
    if isinstance(value, Mapping):
        return {str(key): from_json(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {str(index): from_json(item) for index, item in enumerate(value)}
    return value


def to_json(value: Json) -> Json:
    """Shape a result as `json_encode` does: keys 0..n-1 and empty maps become lists."""
    if isinstance(value, Mapping):
        items = [to_json(item) for item in value.values()]
        if list(value) == [str(index) for index in range(len(items))]:
            return items
        return dict(zip(value, items, strict=True))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_json(item) for item in value]
    return value


def truthy(value: Value) -> bool:
    """Return the value's truth in PHP: only `""` and `"0"` are false among strings."""
    return bool(value) and value != "0"


def to_int(value: Value) -> int:
    """Cast to int as PHP does: leading digits count, a non-empty array is 1."""
    if isinstance(value, str):
        number = _LEADING_NUMBER.match(value)
        return int(float(number[1])) if number else 0
    if isinstance(value, dict):
        return 1 if value else 0
    return int(value or 0)


def to_text(value: Value) -> str:
    """Cast to string as PHP does."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    return "Array" if isinstance(value, dict) else str(value)


def to_list(value: Value) -> list[Value]:
    """Return the items of an array, or the scalar alone."""
    return list(value.values()) if isinstance(value, dict) else [value]


def to_array(value: Value) -> Array:
    """Return the array, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}
