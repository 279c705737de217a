"""A deployed installation from nothing, by the commands of the README, behind a proxy of https."""

from __future__ import annotations

import re
import signal
import socket
import sys
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from sandbox.server import Sandbox
from tests.commands import clone
from tests.test_environment import DEPLOYED

PASSWORD = "correct horse battery"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Browser:
    """Asks as a browser does through a proxy that takes the https off."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.security = ""

    def ask(self, method: str, path: str, **form: str) -> tuple[int, str, str]:
        """Return the status, the body, and where the answer leads."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Host": "boards.example",
            "X-Forwarded-Proto": "https",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = "https://boards.example"
        connection.request(method, path, urlencode(form) or None, headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        self._keep_cookies(answer)
        self.security = answer.headers.get("Strict-Transport-Security", "")
        connection.close()
        return answer.status, body, answer.headers.get("Location", "")

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            assert "; Secure" in cookie
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value


def test_people_sign_in_to_a_deployed_installation(tmp_path: Path) -> None:
    project = clone.make(tmp_path)
    port = free_port()
    with Sandbox(bucket="off") as sandbox:
        variables = {
            **DEPLOYED,
            "PORT": str(port),
            "BITRIX24_WEBHOOK_URL": sandbox.webhook("lead"),
            "PORTAL_HOSTS": "localhost,127.0.0.1",
        }
        for command in (
            ["migrate"],
            ["collectstatic", "--no-input"],
            ["createsuperuser", "--no-input", "--username", "alice", "--email", "a@b.example"],
        ):
            done = clone.run(project, *command, DJANGO_SUPERUSER_PASSWORD=PASSWORD, **variables)
            assert done.returncode == 0, done.errors
        server = [sys.executable, "-m", "gunicorn", "boardadmin.wsgi"]
        with clone.started(server, project, **variables) as gunicorn:
            log = gunicorn.wait_to_read("Booting worker")
            browser = Browser(port)
            assert browser.ask("GET", "/healthz")[:2] == (200, "ok\n")
            assert browser.ask("GET", "/") == (302, "", "/accounts/login/?next=/")
            status, page, _ = browser.ask("GET", "/accounts/login/?next=/")
            assert status == 200
            assert browser.security == "max-age=2592000"
            style = re.search(r'href="(/static/css/tokens\.[0-9a-f]+\.css)"', page)
            assert style
            assert browser.ask("GET", style[1])[0] == 200
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
            assert token
            form = {"csrfmiddlewaretoken": token[1], "username": "alice", "password": PASSWORD}
            assert browser.ask("POST", "/accounts/login/", **form)[0] == 302
            status, page, _ = browser.ask("GET", "/")
            assert status == 200
            assert "Website relaunch" in page
            gunicorn.send(signal.SIGTERM)
            gunicorn.wait()
    log += gunicorn.errors + gunicorn.output
    assert PASSWORD not in log
    assert "sandbox-lead" not in log
