"""`manage.py local`, which `make run` calls."""

from __future__ import annotations

import base64
import signal
import urllib.request
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.commands import clone
from tests.commands.clone import Running

Ports = dict[str, str]  # beside them there is the DATABASE_URL


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:
        body: bytes = answer.read()
        return body


def start(command: Running, *, servers: int = 2) -> list[str]:
    """Wait until the addresses are printed; the sandbox says a line of its own before them."""
    printed = [command.read_lines(1)[0] for _ in range(servers + (servers > 1))]
    assert all(printed), "the installation did not start"
    return printed


def no_server_is_left(ports: Ports) -> bool:
    return not any(clone.listens(int(port)) for name, port in ports.items() if "PORT" in name)


def test_it_starts_both_servers_and_prints_both_addresses(project: Path, ports: Ports) -> None:
    app, sandbox = (f"http://127.0.0.1:{ports['PORT']}/", f"localhost:{ports['SANDBOX_PORT']}/")
    with clone.running(project, "local", **ports) as command:
        printed = start(command)
        assert f"Board Admin: {app}" in printed
        assert f"Sandbox portal: http://{sandbox}" in printed
        assert b"My Planner" in get(app)
        assert b"<html" in get(f"http://{sandbox}")


def test_the_sandbox_links_to_the_application_that_runs_beside_it(
    project: Path, ports: Ports
) -> None:
    with clone.running(project, "local", **ports) as command:
        start(command)
        page = get(f"http://localhost:{ports['SANDBOX_PORT']}/")
    assert f"http://127.0.0.1:{ports['PORT']}/".encode() in page


def test_commands_see_what_the_running_installation_sees(project: Path, ports: Ports) -> None:
    with clone.running(project, "local", **ports) as command:
        start(command)
        moved = clone.run(project, "stage_move", "group-10", "Done", "--first", **ports)
        listed = clone.run(project, "stages", "group-10", **ports)
        page = get(f"http://127.0.0.1:{ports['PORT']}/boards/group-10/").decode()
    assert (moved.output, moved.errors) == (
        "Done is now at the start. New tasks will land there.\n",
        "",
    )
    assert listed.output.splitlines()[1].split()[:2] == ["5", "Done"]
    assert page.index('data-stage-id="5"') < page.index('data-stage-id="1"')


@pytest.mark.parametrize("to_group", [True, False], ids=["from a terminal", "alone"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(
    project: Path, ports: Ports, number: signal.Signals, to_group: bool
) -> None:
    with clone.running(project, "local", **ports) as command:
        start(command)
        # Once the application has answered it is up altogether, and not only its address taken.
        get(f"http://127.0.0.1:{ports['PORT']}/healthz")
        command.send(number, to_group=to_group)
        command.wait()
    assert no_server_is_left(ports)
    assert command.returncode == 0
    # What gunicorn logs of a terminal that hung up, nobody sees.
    assert command.errors == "" or (number is signal.SIGHUP and "Traceback" not in command.errors)


def test_a_signal_right_after_the_start_leaves_nothing_behind(project: Path, ports: Ports) -> None:
    with clone.running(project, "local", **ports) as command:
        start(command)
        command.send(signal.SIGTERM)
        command.wait()
    assert no_server_is_left(ports)
    assert "Traceback" not in command.errors


@pytest.mark.parametrize("variable", ["PORT", "SANDBOX_PORT"])
def test_a_taken_port_is_refused_in_words(
    project: Path, ports: Ports, taken_port: int, variable: str
) -> None:
    command = clone.run(project, "local", **{**ports, variable: str(taken_port)})
    assert command.returncode == 1
    assert f"Port {taken_port} cannot be used" in command.errors
    assert variable in command.errors
    assert "Traceback" not in command.errors
    assert no_server_is_left({name: ports[name] for name in ports if name != variable})


def test_a_file_that_is_no_database_is_refused_in_words(
    project: Path, ports: Ports, tmp_path: Path
) -> None:
    file = tmp_path / "text.sqlite3"
    file.write_text("No database, for all that it is called.\n" * 100)
    command = clone.run(project, "local", **{**ports, "DATABASE_URL": f"sqlite:///{file}"})
    assert command.returncode == 1
    assert "The database cannot be used: file is not a database" in command.errors
    assert "Traceback" not in command.errors


def test_one_port_for_both_servers_is_refused_in_words(project: Path, ports: Ports) -> None:
    with clone.running(project, "local", **{**ports, "SANDBOX_PORT": ports["PORT"]}) as command:
        printed = command.read_lines(1)
        assert printed == [""], "it started"
        command.wait()
    assert command.returncode == 1
    assert "SANDBOX_PORT" in command.errors
    assert "Traceback" not in command.errors


def test_a_deployed_installation_is_refused_in_words(project: Path, ports: Ports) -> None:
    command = clone.run(
        project,
        "local",
        **ports,
        SECRET_KEY="0123456789" * 5,
        FIELD_ENCRYPTION_KEYS=base64.urlsafe_b64encode(bytes(32)).decode(),
        PUBLIC_URL="https://boards.example",
    )
    assert command.returncode == 1
    assert "SECRET_KEY is set" in command.errors
    assert "Traceback" not in command.errors
    assert no_server_is_left(ports)


def test_a_portal_of_ones_own_is_used_and_no_sandbox_started(
    project: Path, ports: Ports, sandbox: Sandbox
) -> None:
    webhook = sandbox.webhook("lead")
    with clone.running(project, "local", **ports, BITRIX24_WEBHOOK_URL=webhook) as command:
        (printed,) = start(command, servers=1)
        assert printed == f"Board Admin: http://127.0.0.1:{ports['PORT']}/"
        assert not clone.listens(int(ports["SANDBOX_PORT"]))
        get(f"http://127.0.0.1:{ports['PORT']}/")
        assert sandbox.requests, "the portal was not asked"
        command.send(signal.SIGINT)
        command.wait()
    assert command.returncode == 0
    assert "andbox" not in command.output


def test_the_webhook_stays_out_of_what_it_prints(
    project: Path, ports: Ports, sandbox: Sandbox
) -> None:
    webhook = sandbox.webhook("lead")
    with clone.running(project, "local", **ports, BITRIX24_WEBHOOK_URL=webhook) as command:
        printed = start(command, servers=1)
        sandbox.faults.arm("reset_before")
        get(f"http://127.0.0.1:{ports['PORT']}/")
        command.send(signal.SIGINT)
        command.wait()
    assert "sandbox-lead" not in f"{printed}{command.output}{command.errors}"
