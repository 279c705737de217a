"""A real browser on a real installation; only the portal behind it is emulated."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from sandbox import kanban
from sandbox.server import Sandbox
from tests.e2e import board_page, installation


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "run `make test`, which finds or installs a Chromium"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": path, "args": [*arguments, "--disable-gpu"]}


@pytest.fixture(scope="module")
def site(running_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An installation for the tests of one file, connected as Lena Lead."""
    folder: Path = tmp_path_factory.mktemp("installation")
    with installation.local(folder, running_sandbox.webhook("lead")) as address:
        yield address


@pytest.fixture(scope="module")
def unhurried(running_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """As `site`, but one that sends as many requests as it is asked to."""
    folder: Path = tmp_path_factory.mktemp("installation")
    with board_page.unhurried(folder, running_sandbox.webhook("lead")) as address:
        yield address


@pytest.fixture
def browser_context_args(site: str) -> dict[str, Any]:
    return {"base_url": site}


@pytest.fixture
def no_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """A portal that gives no stages to a group's board when it is first read."""
    monkeypatch.setitem(kanban.DEFAULT_STAGES, "G", ())


@pytest.fixture(autouse=True)
def no_complaints(page: Page) -> Iterator[None]:
    """Fail where a script fails, or the browser complains of what the page's policy forbids."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if _is_complaint(message) else None,
    )
    yield
    assert complaints == []


def _is_complaint(message: Any) -> bool:
    # A refused edit is an answer with an error status, and the browser logs every one of those.
    return message.type == "error" and "Failed to load resource" not in message.text
