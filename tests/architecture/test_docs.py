"""The documents say what the code does: settings, and the files they send people to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from boardadmin import environment
from sandbox import faults
from tests.architecture import places

DOCUMENTS = sorted([*places.ROOT.glob("*.md"), *(places.ROOT / "docs").rglob("*.md")])
_SETTING = re.compile(r"^\| *`([A-Z][A-Z0-9_]*)` *\|", re.MULTILINE)
_PATH = re.compile(
    r"`((?:boardadmin|docs|sandbox|scripts|stages|static|templates|tests)(?:/[\w.*-]+)*/?)"
    r"(?::(\w+))?`"
)
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


def test_the_readme_lists_every_setting_once_and_nothing_else() -> None:
    section = (places.ROOT / "README.md").read_text().split("\n## Settings\n")[1].split("\n## ")[0]
    assert sorted(_SETTING.findall(section)) == sorted(environment.TAKES)


def test_the_sandboxs_page_lists_every_fault_and_nothing_else() -> None:
    text = (places.ROOT / "docs" / "sandbox.md").read_text()
    section = text.split("\n## Rehearsed trouble\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    named = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted(faults.NAMES)


@pytest.mark.parametrize("document", DOCUMENTS, ids=places.named)
def test_a_document_names_files_that_exist(document: Path) -> None:
    text = document.read_text()
    missing = [path for path, _ in _PATH.findall(text) if not list(places.ROOT.glob(path))]
    missing += [link for link in _LINK.findall(text) if not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=places.named)
def test_a_document_names_functions_that_exist(document: Path) -> None:
    named = [(path, name) for path, name in _PATH.findall(document.read_text()) if name]
    assert [
        f"{path}:{name}"
        for path, name in named
        if not re.search(rf"\b(def|class) {name}\b|^{name}\b", read(path), re.MULTILINE)
    ] == []


def read(path: str) -> str:
    return (places.ROOT / path).read_text()
