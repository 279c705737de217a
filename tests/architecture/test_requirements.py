"""What the product runs on is pinned, and comes from wherever the machine gets its packages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture import places

COMPILED = sorted(places.ROOT.glob("requirements*.txt"))
SOURCES = sorted(places.ROOT.glob("requirements*.in"))
_PIN = re.compile(
    r"[A-Za-z0-9][\w.-]*(\[[\w,-]+\])?==[\w.!+]+( ;.*)?( --hash=sha256:[0-9a-f]{64})+"
)
_REGISTRY = re.compile(r"://|--?(extra-)?index-url|--find-links|--trusted-host|^-[if]\b", re.M)


def entries(path: Path) -> list[str]:
    """Return the requirements, each on one line and without comments."""
    text = re.sub(r"(?m)(^|\s)#.*$", "", path.read_text())
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    return [line.strip() for line in joined.splitlines() if line.strip()]


@pytest.mark.parametrize("path", COMPILED, ids=places.named)
def test_every_requirement_is_pinned_with_a_hash(path: Path) -> None:
    assert entries(path)
    assert [entry for entry in entries(path) if not _PIN.fullmatch(entry)] == []


@pytest.mark.parametrize("path", [*COMPILED, *SOURCES], ids=places.named)
def test_no_registry_is_named(path: Path) -> None:
    assert not _REGISTRY.search(path.read_text())


@pytest.mark.parametrize("path", SOURCES, ids=places.named)
def test_every_requirement_of_our_own_is_compiled(path: Path) -> None:
    compiled = {entry.split("==")[0].split("[")[0] for entry in entries(path.with_suffix(".txt"))}
    own = {entry for entry in entries(path) if not entry.startswith("-")}
    names = {re.split(r"[\[=<>~; ]", entry)[0].lower().replace("_", "-") for entry in own}
    assert names <= compiled
