"""References in batch commands: `$result[name][FIELD]`, `$next[name]` and their kin."""

from __future__ import annotations

import re

from sandbox.php import Array, Value

# A reference runs to the next whitespace, so text glued to it is swallowed.
_REFERENCE = re.compile(r"\$(result|error|total|next|time)(\[\S*)")
_PART = re.compile(r"\[([^\]]*)\]")


def resolve(value: Value, answers: Array) -> Value:
    """Replace the references in a parameter, in arrays at any depth but never in keys."""
    if isinstance(value, dict):
        return {key: resolve(item, answers) for key, item in value.items()}
    if not isinstance(value, str):
        return value
    whole = _REFERENCE.fullmatch(value)
    if whole:
        return _find(whole, answers)
    return _REFERENCE.sub(lambda match: _insert(match, answers), value)


def _find(match: re.Match[str], answers: Array) -> Value:
    """Follow the path as far as it goes: what is missing yields the deepest level found."""
    found = answers[match[1]]
    for part in _PART.findall(match[2]):
        if not isinstance(found, dict) or part not in found:
            break
        found = found[part]
    return found


def _insert(match: re.Match[str], answers: Array) -> str:
    found = _find(match, answers)
    if isinstance(found, str | int | float) and not isinstance(found, bool):
        return str(found)
    return ""
