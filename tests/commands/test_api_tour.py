"""The tour of the API, gone through as it is written, on an installation of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.commands import clone

_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_END = "\x1e"
# What each block prints, in its order.
_SAYS = (
    (),
    ('"ref":"group-10"', '"count":1'),
    ("200 OK", "ETag: ", '"title":"Review"'),
    ('"title":"Ideas","color":"75D900"', '"is_first":true'),
    ('"title":"QA"', '"color":"FF5752"', '"is_first":true'),
    ('"moves":5',),
    ('"title":"Checks"', '"code":"BOARD_CHANGED"'),
    ('"code":"NO_EMPTY"',),
    ('"action":"delete"', '"can_undo":true', '"action":"add"'),
    ("is revoked.", '"code":"UNAUTHORIZED"'),
)


def test_the_tour_goes_as_it_is_written(project: Path, ports: dict[str, str]) -> None:
    blocks = _BLOCK.findall((clone.ROOT / "docs" / "api.md").read_text())
    script = "".join(f"{block}printf '{_END}'\n" for block in blocks)
    (project / ".venv").symlink_to(sys.prefix)
    with clone.running(project, "local", **ports) as installation:
        assert all(installation.read_lines(3))
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=project,
            env=clone.clean(**ports),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert (done.stderr, done.returncode) == ("", 0)
    printed = done.stdout.split(_END)[:-1]
    for block, output, said in zip(blocks, printed, _SAYS, strict=True):
        assert [text for text in said if text not in output] == [], f"{block}\n{output}"
