"""Templates, scripts and styles: what keeps the page's policy strict and the files readable."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.architecture import places

_DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_MODULES = re.compile(r"^\s*(import|export)\b|\bimport\s*\(|\brequire\s*\(", re.MULTILINE)
_EVALUATION = re.compile(
    r"\binnerHTML\b|\bouterHTML\s*\+?=|\binsertAdjacentHTML\b|\bdocument\.write|\beval\s*\("
    r"|\bnew\s+Function\b|\bsetHTMLUnsafe\b|\bcreateContextualFragment\b"
)
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^:;{}]+)(?=[;}])")
_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\("
    r"|(?<![\w-])(black|white|gray|grey|silver|red|green|blue|yellow|orange|purple|navy|teal)"
    r"(?![\w-])",
    re.IGNORECASE,
)
_VENDORED = re.compile(r"^\| (\S+) \|.*\(([\w.-]*LICENSE[\w.-]*)\).*\| `([0-9a-f]{64})` \|$", re.M)

TEMPLATES = sorted(places.TEMPLATES.rglob("*.html"))
SCRIPTS = sorted((places.STATIC / "js").rglob("*.js"))
STYLES = sorted((places.STATIC / "css").rglob("*.css"))
LICENCES = {path.name for path in places.VENDOR.iterdir() if "LICENSE" in path.name}
VENDORED = {path.name for path in places.VENDOR.iterdir()} - LICENCES - {"README.md"}


class Inline(HTMLParser):
    """Collects what a strict policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"<{tag}>")
        self.found += sorted(
            name for name in names if name == "style" or name.startswith(("on", "hx-on"))
        )
        self.found += [value for _, value in attrs if value and "javascript:" in value.lower()]


def inline(html: str) -> list[str]:
    parser = Inline()
    parser.feed(_DJANGO.sub("", html))
    parser.close()
    return parser.found


@pytest.mark.parametrize("path", TEMPLATES, ids=places.named)
def test_a_template_has_no_inline_script_or_style(path: Path) -> None:
    assert inline(path.read_text()) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>",
        "<style>p {}</style>",
        '<p style="color: {{ color }}">',
        '<a {% if x %}class="b"{% endif %} onclick="f()">',
        '<form hx-on:submit="f()">',
        '<a href="javascript:f()">',
    ],
)
def test_what_is_inline_is_noticed(html: str) -> None:
    assert inline(html)


@pytest.mark.parametrize("path", SCRIPTS, ids=places.named)
def test_a_script_is_short_and_stands_alone(path: Path) -> None:
    script = path.read_text()
    code = _COMMENT.sub("", script)
    assert len(script.splitlines()) <= 120
    assert not _MODULES.search(code)
    assert not _EVALUATION.search(code)


@pytest.mark.parametrize(
    "path", [path for path in STYLES if path.name != "tokens.css"], ids=places.named
)
def test_a_style_takes_its_colours_from_the_tokens(path: Path) -> None:
    declarations = _DECLARATION.findall(_COMMENT.sub("", path.read_text()))
    assert declarations
    assert [f"{name}: {value}" for name, value in declarations if _COLOUR.search(value)] == []


def test_every_vendored_file_is_the_one_its_list_names() -> None:
    listed = _VENDORED.findall((places.VENDOR / "README.md").read_text())
    actual = {
        name: hashlib.sha256((places.VENDOR / name).read_bytes()).hexdigest() for name in VENDORED
    }
    assert {name: digest for name, _, digest in listed} == actual
    assert {licence for _, licence, _ in listed} == LICENCES
