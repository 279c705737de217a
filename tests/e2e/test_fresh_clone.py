"""What a newcomer does: clone, `make run`, open the browser, drag a stage."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests import databases
from tests.e2e import board_page, installation

_INSTALLING = 400.0  # seconds: the first start installs the requirements


@pytest.fixture(scope="module")
def sandbox_port() -> int:
    return installation.free_port()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sandbox_port: int) -> Iterator[str]:
    clone: Path = tmp_path_factory.mktemp("clone")
    git = shutil.which("git")
    assert git
    subprocess.run([git, "clone", "--quiet", str(installation.ROOT), str(clone)], check=True)
    with (
        databases.own(clone / "var") as database,
        installation.running(
            ["make", "run"],
            folder=clone,
            start_up=_INSTALLING,
            DATABASE_URL=database,
            SANDBOX_PORT=str(sandbox_port),
        ) as address,
    ):
        yield address


def portal_order(sandbox_port: int, key: str) -> list[int]:
    with urlopen(f"http://localhost:{sandbox_port}/sandbox/state") as answer:
        state: dict[str, Any] = json.load(answer)
    return [stage["id"] for stage in state["boards"][key]]


def test_a_clone_runs_and_its_boards_can_be_edited(page: Page, sandbox_port: int) -> None:
    page.goto(f"http://localhost:{sandbox_port}/")
    page.get_by_role("link", name="Open Board Admin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boards")

    page.get_by_role("link", name="Website relaunch").click()
    board_page.drag(page, "Backlog", "Review")
    board_page.settled(page, "Backlog is now after Review.")
    assert board_page.order(page) == portal_order(sandbox_port, "group-10")
    assert portal_order(sandbox_port, "group-10") == [2, 3, 1, 4, 5]

    page.get_by_role("link", name="My Planner").click()
    board_page.drag(page, "Review", "In progress")
    board_page.settled(page, "Review is now")
    assert board_page.order(page) == portal_order(sandbox_port, "planner-1")
