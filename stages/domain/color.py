"""The colour of a stage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Self

_SHORT = re.compile(r"#[0-9A-Fa-f]{3}")
_LONG = re.compile(r"#?[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Color:
    """A colour as the portal stores it: six hex digits, upper case, without `#`."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the colour written as `#abc`, `#aabbcc` or `AABBCC`.

        Raises ValueError for anything else: the portal's column holds six characters and checks
        nothing, so what is let through here would spoil the stage.
        """
        text = text.strip()
        if _SHORT.fullmatch(text):
            text = "".join(digit * 2 for digit in text[1:])
        elif not _LONG.fullmatch(text):
            raise ValueError(f"{text[:20]!r} is not a colour")
        return cls(text.removeprefix("#").upper())

    def __str__(self) -> str:
        return self.digits

    @property
    def css(self) -> str:
        return f"#{self.digits}"

    @property
    def text(self) -> Literal["black", "white"]:
        """The text colour with the higher contrast; it is at least 4.58 to 1 on every colour."""
        return "black" if self.contrast_with_black >= self.contrast_with_white else "white"

    @property
    def contrast_with_black(self) -> float:
        return (self._luminance + 0.05) / 0.05

    @property
    def contrast_with_white(self) -> float:
        return 1.05 / (self._luminance + 0.05)

    @property
    def _luminance(self) -> float:
        """Relative luminance, 0 to 1. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
        channels = (int(self.digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
        red, green, blue = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# What the portal's own board gives to new stages, in its order.
DEFAULTS = tuple(
    Color(digits)
    for digits in ("00C4FB", "47D1E2", "75D900", "FFAB00", "FF5752", "468EE5", "1EAE43")
)

# What the portal's own board shows for a stage stored without a usable colour.
FALLBACK = Color("ACE9FB")


def next_default(used: tuple[Color, ...]) -> Color:
    """Return the portal's next default for a board whose stages have the colours `used`.

    The rotation goes on where the number of stages has brought it, past colours already there, so
    that a new stage looks different from its neighbours for as long as that is possible.
    """
    start = len(used) % len(DEFAULTS)
    rotation = DEFAULTS[start:] + DEFAULTS[:start]
    return next((color for color in rotation if color not in used), rotation[0])
