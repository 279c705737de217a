"""The key that a local installation makes for itself, once."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import clone
from tests.test_environment import DEPLOYED


@pytest.fixture
def fresh_project(tmp_path: Path) -> Path:
    return clone.make(tmp_path)


def test_a_local_key_is_made_once_for_its_owner_only(fresh_project: Path) -> None:
    file = fresh_project / "var" / "secret_key"
    first = clone.settings(fresh_project, "SECRET_KEY")["SECRET_KEY"]
    made = file.stat()
    assert len(first) >= 32
    assert stat.S_IMODE(made.st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert clone.settings(fresh_project, "SECRET_KEY")["SECRET_KEY"] == first
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (made.st_ino, made.st_mtime_ns)


def test_a_deployed_installation_makes_no_local_key(fresh_project: Path) -> None:
    found = clone.settings(fresh_project, "SECRET_KEY", **DEPLOYED)
    assert found["SECRET_KEY"] == DEPLOYED["SECRET_KEY"]
    assert not (fresh_project / "var" / "secret_key").exists()


def test_starts_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys; from boardadmin import local_keys; print('ready', flush=True); "
        "sys.stdin.readline(); print(local_keys.secret_key(pathlib.Path(sys.argv[1])))"
    )
    folder = tmp_path / "var"
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(folder)],
            cwd=clone.ROOT,
            env=clone.clean(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for start in starts:
        assert start.stdout is not None
        assert start.stdout.readline() == "ready\n"
    for start in starts:
        assert start.stdin is not None
        start.stdin.write("\n")
        start.stdin.flush()
    keys = {start.communicate()[0] for start in starts}
    assert len(keys) == 1
    assert [file.name for file in folder.iterdir()] == ["secret_key"]
