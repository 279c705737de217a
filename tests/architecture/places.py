"""Where what is ours lies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = ROOT / "templates"

PACKAGES = ("boardadmin", "sandbox", "stages", "tests")


def python_files() -> Iterator[Path]:
    yield ROOT / "manage.py"
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


def written_by_hand() -> Iterator[Path]:
    return (path for path in python_files() if path.parent.name != "migrations")


def named(path: Path) -> str:
    """Return the path as people write it, for the names of tests."""
    return path.relative_to(ROOT).as_posix()
