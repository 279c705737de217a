"""Every address of the installation, as its resolver has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True, slots=True)
class Address:
    """`name` is as in `reverse`, `parts` are the names of what varies in the path."""

    name: str
    parts: frozenset[str]

    def path(self, values: Mapping[str, Any]) -> str:
        """Return the path with the values put in; KeyError for a part that has none."""
        return reverse(self.name, kwargs={part: values[part] for part in self.parts})


def every() -> list[Address]:
    return sorted(set(_below(get_resolver(), "", frozenset())), key=lambda address: address.name)


def _below(resolver: URLResolver, namespace: str, parts: frozenset[str]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        found = parts | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _below(pattern, inner, found)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern} needs a name, to be looked at"
            yield Address(f"{namespace}{pattern.name}", frozenset(found))
