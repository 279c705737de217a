"""Who may import whom, and how long a file may grow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.architecture import places


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_no_file_of_python_grows_long() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in places.written_by_hand()}
    assert len(lengths) > 100, "files were overlooked"
    assert [
        f"{places.named(path)}: {length} lines"
        for path, length in sorted(lengths.items())
        if length > (400 if path.is_relative_to(places.ROOT / "tests") else 300)
    ] == []
