"""`make run`: everything one person needs on this machine, in the foreground."""

from __future__ import annotations

import fcntl
import signal
import socket
import subprocess
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from stages.management import serving

_GUNICORN = ("-m", "gunicorn", "boardadmin.wsgi", "--log-level", "warning")
_START_UP = 20.0  # seconds
_SHUT_DOWN = 5.0  # seconds


class Command(BaseCommand):
    help = "Migrate, start the sandbox portal and the application, stop both on Ctrl-C."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError("SECRET_KEY is set: a deployed installation runs under gunicorn.")
        servers: dict[int, list[str]] = {}
        if settings.USES_SANDBOX:
            sandbox = ["-m", "sandbox", "--port", str(settings.SANDBOX_PORT)]
            servers[settings.SANDBOX_PORT] = [*sandbox, "--app-url", f"{settings.PUBLIC_URL}/"]
        servers[settings.PORT] = [*_GUNICORN]
        for port in servers:
            _require_free(port)
        # A closed terminal hangs up; gunicorn alone would take that for "reload" and live on.
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        processes: list[subprocess.Popen[bytes]] = []
        try:
            _prepare()
            for arguments in servers.values():
                command = [sys.executable, *arguments]
                processes += [subprocess.Popen(command, cwd=settings.BASE_DIR)]
            self._serve(processes, tuple(servers))
        except KeyboardInterrupt:
            self.stdout.write("Stopping.")
        finally:
            _stop(processes)

    def _serve(self, processes: list[subprocess.Popen[bytes]], ports: tuple[int, ...]) -> None:
        for port in ports:
            _wait_until_listening(port, processes)
        with _noted():
            self._tell()
            while all(process.poll() is None for process in processes):
                time.sleep(0.2)
        raise CommandError("One of the servers has stopped; see above for the reason.")

    def _tell(self) -> None:
        self.stdout.write(f"Board Admin: {settings.PUBLIC_URL}/")
        if settings.USES_SANDBOX:
            self.stdout.write(f"Sandbox portal: {settings.SANDBOX_URL}")
        self.stdout.flush()


def _noted() -> AbstractContextManager[None]:
    """Let commands in other terminals find the sandbox, where it is what they would use."""
    if not settings.USES_SANDBOX:
        return nullcontext()
    ports = {"PORT": settings.PORT, "SANDBOX_PORT": settings.SANDBOX_PORT}
    return serving.noted(settings.VAR_DIR, **ports)


def _prepare() -> None:
    """Bring database and static files up to date; two starts at once take turns."""
    with (settings.VAR_DIR / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            call_command("migrate", verbosity=0)
        except Error as error:
            raise CommandError(f"The database cannot be used: {error}".strip()) from None
        call_command("prune_portals", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Choose others: "
                f"PORT=8010 SANDBOX_PORT=8011 make run"
            ) from None


def _wait_until_listening(port: int, processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + _START_UP
    while all(process.poll() is None for process in processes):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > deadline:
            break
        time.sleep(0.02)
    raise CommandError(f"Nothing answers on port {port}; see above for the reason.")


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(_SHUT_DOWN)
        except subprocess.TimeoutExpired:
            process.kill()
