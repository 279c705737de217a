"""Tables, lines and JSON for a terminal, a file or another program."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, Literal, TextIO

from django.core.management.base import OutputWrapper
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stages.domain.color import Color

_WIDE = 1000  # characters of a line where nobody's terminal is to be fitted
# What moves a cursor, ends a line or turns the direction of text has no place in a line of ours.
_UNPRINTABLE = {"Cc", "Cs", "Zl", "Zp"}
_BREAK = re.compile(r"\s*[\t\r\n]\s*")
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    justify: Literal["left", "right"] = "left"


def table(
    out: OutputWrapper,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str | Color]],
    *,
    no_color: bool = False,
) -> str:
    """Return a table that fits the terminal `out` writes to; elsewhere a row is one line."""
    console = console_of(out, no_color=no_color)
    laid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        laid.add_column(column.name, justify=column.justify, overflow="fold")
    for row in rows:
        laid.add_row(*(_cell(console, value) for value in row))
    with console.capture() as captured:
        console.print(laid)
    lines = (text.rstrip() for text in captured.get().splitlines())
    return "\n".join(text for text in lines if text)


def console_of(out: TextIO | OutputWrapper, *, no_color: bool = False) -> Console:
    """Return a console that lays text out for what `out` writes to; it honours NO_COLOR.

    It is as wide as the terminal, and writes nothing itself.
    """
    is_terminal = out.isatty()
    return Console(
        file=StringIO(),
        force_terminal=is_terminal,
        width=None if is_terminal else _WIDE,
        no_color=no_color or None,
        highlight=False,
        markup=False,
    )


def line(text: str) -> str:
    """Return a text of the portal's or of people as one line that does nothing to a terminal."""
    text = _BREAK.sub(" ", text.strip())
    return "".join("�" if _is_odd(character) else character for character in text)


def as_json(data: object, out: OutputWrapper) -> str:
    """Return JSON that `out` can carry: other alphabets as they are where its encoding has them."""
    encoding: Any = getattr(out, "encoding", None) or "utf-8"
    return json.dumps(data, indent=2, ensure_ascii=not encoding.lower().startswith("utf"))


def survive_odd_characters(out: TextIO) -> None:
    """Let a title with characters that a terminal's encoding has not be shown all the same."""
    reconfigure = getattr(out, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")


def _cell(console: Console, value: str | Color) -> Text:
    if isinstance(value, str):
        return Text(line(value))
    if not console.is_terminal or console.no_color:
        return Text(value.digits)
    return Text.assemble(("  ", f"on {value.css}"), f" {value.digits}")


def _is_odd(character: str) -> bool:
    return unicodedata.category(character) in _UNPRINTABLE or character in _TURNING
