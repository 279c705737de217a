"""The title of a stage, as people give it."""

from __future__ import annotations

import unicodedata

LONGEST = 255  # characters; what the portal's column holds


def parse(text: str) -> str:
    """Return the title without the blanks around it; ValueError, in words, for what cannot be one.

    Control characters and lone surrogates are refused: a NUL ends the title on the portal, and a
    surrogate cannot be sent at all.
    """
    title = text.strip()
    if not title:
        raise ValueError("Give the stage a title.")
    if len(title) > LONGEST:
        raise ValueError(f"A title has at most {LONGEST} characters; this one has {len(title)}.")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in title):
        raise ValueError("A title is one line of text, without control characters.")
    return title
