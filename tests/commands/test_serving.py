"""Commands in another terminal than `make run`, where nothing tells them its ports."""

from __future__ import annotations

import signal
import stat
from pathlib import Path

from stages.management import serving
from tests.commands import clone
from tests.commands.test_local import Ports, start
from tests.e2e.installation import free_port


def boards(project: Path, ports: Ports, **variables: str) -> clone.Running:
    return clone.run(project, "boards", DATABASE_URL=ports["DATABASE_URL"], **variables)


def test_a_command_finds_the_installation_that_runs(project: Path, ports: Ports) -> None:
    with clone.running(project, "local", **ports) as command:
        start(command)
        found = boards(project, ports)
        assert (found.returncode, found.errors) == (0, "")
        assert "group-10" in found.output
        note = project / "var" / "serving"
        assert stat.S_IMODE(note.stat().st_mode) == 0o600
        elsewhere = boards(project, ports, SANDBOX_PORT=str(free_port()))
        assert elsewhere.returncode == 1, "the environment did not win"


def test_an_installation_that_has_ended_is_not_looked_for(project: Path, ports: Ports) -> None:
    for number in (signal.SIGINT, signal.SIGKILL):
        with clone.running(project, "local", **ports) as command:
            start(command)
            assert serving.ports(project / "var") == {
                name: ports[name] for name in ("PORT", "SANDBOX_PORT")
            }
            command.send(number, to_group=True)
            command.wait()
            assert serving.ports(project / "var") == {}


def test_of_two_installations_the_first_is_found(tmp_path: Path) -> None:
    with serving.noted(tmp_path, PORT=1):
        with serving.noted(tmp_path, PORT=2):
            assert serving.ports(tmp_path) == {"PORT": "1"}
        assert serving.ports(tmp_path) == {"PORT": "1"}
    assert serving.ports(tmp_path) == {}
    with serving.noted(tmp_path, PORT=2):
        assert serving.ports(tmp_path) == {"PORT": "2"}


def test_another_installation_keeps_to_its_own_ports(project: Path, ports: Ports) -> None:
    with clone.running(project, "local", **ports) as command:
        start(command)
        taken = ports["PORT"]
        beside = clone.run(project, "local", DATABASE_URL=ports["DATABASE_URL"], SANDBOX_PORT=taken)
    assert f"Port {taken} cannot be used" in beside.errors
