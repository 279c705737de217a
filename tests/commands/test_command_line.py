"""The commands as processes: exit codes, what goes to which stream, terminals of all kinds."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rich import cells

from sandbox.server import Sandbox
from tests import portal
from tests.commands import clone, terminal
from tests.commands.clone import Running
from tests.services import removals

BOARD = "group-10"
# Nothing listens on the port of this address.
SILENT = "http://127.0.0.1:9/rest/1/s3cret-code/"


@pytest.fixture
def variables(sandbox: Sandbox, database: str) -> dict[str, str]:
    """The environment of an installation that is connected as Lena Lead."""
    return {"DATABASE_URL": database, "BITRIX24_WEBHOOK_URL": sandbox.webhook("lead")}


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that happens in the sandbox."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def one_line(command: Running, code: int) -> str:
    assert (command.output, command.returncode) == ("", code)
    assert command.errors.endswith("\n")
    assert command.errors.count("\n") == 1
    return command.errors.strip()


def test_data_goes_to_stdout_and_nothing_else_does(
    project: Path, variables: dict[str, str], sandbox: Sandbox
) -> None:
    listed = clone.run(project, "stages", BOARD, "--json", **variables)
    assert (listed.returncode, listed.errors) == (0, "")
    assert [row["id"] for row in json.loads(listed.output)] == portal.ids(sandbox, BOARD)
    moved = clone.run(project, "stage_move", BOARD, "Review", "--first", **variables)
    assert (moved.returncode, moved.errors) == (0, "")
    assert portal.titles(sandbox, BOARD)[0] == "Review"


def test_a_refusal_is_one_line_and_the_code_1(project: Path, variables: dict[str, str]) -> None:
    refused = clone.run(project, "stage_move", BOARD, "Nothing", "--first", **variables)
    assert one_line(refused, 1).startswith("Error: The board has no stage called “Nothing”.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("stages",),
        ("stages", "10"),
        ("stage_move", BOARD, "3"),
        ("stage_move", BOARD, "3", "--first", "--last"),
        ("stage_rename", BOARD, "3", " "),
        ("stage_rename", BOARD, "3", "x" * 256),
        ("stage_recolor", BOARD, "3", "red"),
        ("board_order", BOARD),
        ("undo", "last"),
        ("history", "--limit", "0"),
        ("history", "--limit", "x"),
        ("create_token", "admin", "--days", "x"),
        ("prune_history", "--days", "x"),
        ("boards", "--nothing"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_the_code_2_and_asks_the_portal_nothing(
    project: Path, variables: dict[str, str], sandbox: Sandbox, arguments: tuple[str, ...]
) -> None:
    wrong = clone.run(project, *arguments, **variables)
    assert (wrong.output, wrong.returncode) == ("", 2)
    assert "error: " in wrong.errors.splitlines()[-1]
    assert "Traceback" not in wrong.errors
    assert "invalid" not in wrong.errors, "that is what a parser says"
    assert sandbox.requests == []


@pytest.mark.parametrize("arguments", [("stage_mvoe",), ("help", "stage_mvoe"), ("--nothing",)])
def test_a_command_that_does_not_exist_is_wrong_usage(
    project: Path, variables: dict[str, str], arguments: tuple[str, ...]
) -> None:
    wrong = clone.run(project, *arguments, **variables)
    assert (wrong.output, wrong.returncode) == ("", 2)
    assert wrong.errors.startswith(f"Unknown command: '{arguments[-1]}'")


def test_a_portal_that_cannot_be_reached_is_one_line_without_secrets(
    project: Path, database: str
) -> None:
    variables = {"DATABASE_URL": database, "BITRIX24_WEBHOOK_URL": SILENT, "BITRIX24_TIMEOUT": "1"}
    for arguments in (("boards",), ("stage_move", BOARD, "3", "--first"), ("history",)):
        line = one_line(clone.run(project, *arguments, **variables), 1)
        assert line.startswith("Error: The portal cannot be reached.")
        assert "s3cret" not in line


def test_a_portal_that_stumbles_leaves_no_word_of_it(
    project: Path, variables: dict[str, str], sandbox: Sandbox
) -> None:
    sandbox.faults.arm("limit", times=1)
    listed = clone.run(project, "boards", "--json", **variables)
    assert (listed.returncode, listed.errors) == (0, "")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite://{folder}/empty.sqlite3", "no such table"),
        ("sqlite://{folder}/text.sqlite3", "file is not a database"),
        ("postgres://somebody:s3cret@127.0.0.1:9/nowhere", "Connection refused"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line(
    project: Path, tmp_path: Path, url: str, reason: str
) -> None:
    (tmp_path / "text.sqlite3").write_text("No database, for all that it is called.\n" * 100)
    variables = {"DATABASE_URL": url.format(folder=f"/{tmp_path}")}
    for arguments in (("boards",), ("prune_history", "--days", "3")):
        line = one_line(clone.run(project, *arguments, **variables), 1)
        assert line.startswith("Error: The database cannot be used (")
        assert reason in line
        assert "manage.py migrate" in line
        assert "s3cret" not in line


def test_a_reader_that_has_had_enough_is_no_error(project: Path, variables: dict[str, str]) -> None:
    shell = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} manage.py boards --json | head -c 1"],
        cwd=project,
        env=clone.clean(**variables),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (shell.stdout, shell.stderr) == ("[", "")


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_titles_come_through_every_encoding(
    project: Path, variables: dict[str, str], sandbox: Sandbox, encoding: str
) -> None:
    sandbox.portal.board(BOARD)[1].title = "看板 é"
    variables = {**variables, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    assert clone.run(project, "stages", BOARD, **variables).returncode == 0
    listed = clone.run(project, "stages", BOARD, "--json", **variables)
    assert json.loads(listed.output)[1]["title"] == "看板 é"


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("arguments", [("boards",), ("stages", BOARD), ("history",)])
def test_tables_fit_the_terminal(
    project: Path, variables: dict[str, str], columns: int, arguments: tuple[str, ...]
) -> None:
    renamed = clone.run(project, "stage_rename", BOARD, "3", "看" + "x" * 254, **variables)
    assert renamed.returncode == 0
    shown = terminal.run(project, *arguments, columns=columns, variables=variables)
    assert shown.code == 0
    lines = shown.plain.splitlines()
    assert len(lines) > 1
    assert [line for line in lines if cells.cell_len(line) > columns] == []


def test_a_pipe_gets_every_row_in_one_line(
    project: Path, variables: dict[str, str], sandbox: Sandbox
) -> None:
    sandbox.portal.board(BOARD)[1].title = "x" * 255
    listed = clone.run(project, "stages", BOARD, **variables)
    assert len(listed.output.splitlines()) == 6
    assert "x" * 255 in listed.output
    assert "\x1b" not in listed.output


def test_colours_are_swatches_on_a_terminal_only_and_not_against_the_wish(
    project: Path, variables: dict[str, str]
) -> None:
    swatch = "\x1b[48;2;0;196;251m"
    variables = {**variables, "COLORTERM": "truecolor"}
    assert swatch in terminal.run(project, "stages", BOARD, variables=variables).terminal
    for wish in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        shown = terminal.run(project, "stages", BOARD, variables={**variables, **wish}).terminal
        assert "48;" not in shown
        assert "00C4FB" in shown
    assert (
        "48;"
        not in terminal.run(project, "stages", BOARD, "--no-color", variables=variables).terminal
    )


def test_moving_tasks_shows_a_bar_beside_the_data(
    project: Path, variables: dict[str, str], sandbox: Sandbox
) -> None:
    removals.everything_visible(sandbox)
    arguments = ("stage_delete", BOARD, "2", "--move-tasks-to", "3", "--json")
    shown = terminal.run(project, *arguments, piped=True, variables=variables)
    assert "Moving tasks" in shown.plain
    assert "/120" in shown.plain
    assert json.loads(shown.piped)["moved_tasks"] == 120


@pytest.mark.parametrize(
    ("arguments", "method", "told"),
    [
        (
            ("stage_delete", BOARD, "2", "--move-tasks-to", "3"),
            removals.MOVE,
            "Interrupted: Some tasks may have moved. The same command again goes on.",
        ),
        (
            ("stage_rename", BOARD, "2", "QA"),
            "task.stages.update",
            "Interrupted: the edit may have been made. `stages` shows the board as it is.",
        ),
        (("boards",), "sonet_group.get", "Interrupted."),
    ],
    ids=["deletion", "edit", "read"],
)
def test_what_is_interrupted_says_what_is_known(
    project: Path,
    variables: dict[str, str],
    sandbox: Sandbox,
    arguments: tuple[str, ...],
    method: str,
    told: str,
) -> None:
    removals.everything_visible(sandbox)
    sandbox.faults.arm("late_answer", method=method, seconds=3)
    with clone.running(project, *arguments, **variables) as command:
        wait_until(lambda: not sandbox.faults.armed())
        command.send(signal.SIGINT)
        command.wait()
    assert one_line(command, 130) == told
