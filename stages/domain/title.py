"""The title of a stage, as people give it."""

from __future__ import annotations

import unicodedata

LONGEST = 255  # characters; what the portal's column holds

_REFUSED = {"Cc", "Cs", "Zl", "Zp"}
_INVISIBLE = {"Cf", "Zs", "Mn"}
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def parse(text: str) -> str:
    """Return the title without the blanks around it; ValueError, in words, for what cannot be one.

    Control characters and lone surrogates are refused: a NUL ends the title on the portal, and a
    surrogate cannot be sent at all. So are those that turn the direction of what stands around.
    """
    title = text.strip()
    if not title:
        raise ValueError("Give the stage a title.")
    if len(title) > LONGEST:
        raise ValueError(f"A title has at most {LONGEST} characters; this one has {len(title)}.")
    categories = [unicodedata.category(character) for character in title]
    if not _REFUSED.isdisjoint(categories) or not _TURNING.isdisjoint(title):
        raise ValueError("A title is one line of text, without control characters.")
    if all(category in _INVISIBLE for category in categories):
        raise ValueError("Give the stage a title that can be seen.")
    return title
