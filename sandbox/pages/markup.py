"""HTML put together so that nothing unescaped slips in."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def fill(template: str, **values: object) -> Html:
    """Put values at the `$names` of a template; all that is not Html is escaped."""
    return Html(
        Template(template).substitute(
            {
                name: value if isinstance(value, Html) else escape(str(value))
                for name, value in values.items()
            }
        )
    )


def join(parts: Iterable[Html]) -> Html:
    """Return the parts as one."""
    return Html("".join(parts))


def row(*cells: object) -> Html:
    """Return a row of a table."""
    return fill("<tr>$cells</tr>", cells=join(fill("<td>$cell</td>", cell=cell) for cell in cells))


def options(values: Iterable[object], chosen: object = "") -> Html:
    """Return the options of a select."""
    return join(
        fill(
            "<option$mark>$value</option>",
            mark=Html(" selected" if value == chosen else ""),
            value=value,
        )
        for value in values
    )


@functools.cache
def template(name: str) -> str:
    """Return the text of a template file."""
    return (_FOLDER / "templates" / f"{name}.html").read_text(encoding="utf-8")


@functools.cache
def static(name: str) -> bytes:
    """Return the content of a style sheet or a script."""
    return (_FOLDER / "static" / name).read_bytes()
