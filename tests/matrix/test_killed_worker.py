"""A worker that is killed in the middle of an edit: the board is free again, the history true."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import installation

UPDATE = "task.stages.update"
BOARD = "/boards/group-10/"


class Browser:
    """Somebody's browser: it keeps cookies and posts forms."""

    def __init__(self, site: str) -> None:
        self._site, self._cookies = site, CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._cookies))

    def get(self, path: str) -> str:
        return self._send(Request(f"{self._site}{path}"))[1]

    def post(self, path: str, fields: Mapping[str, str]) -> tuple[int, str]:
        token = next(one.value for one in self._cookies if one.name == "csrftoken") or ""
        data = urlencode(fields).encode()
        headers = {"X-CSRFToken": token, "HX-Request": "true"}
        return self._send(Request(f"{self._site}{path}", data, headers))

    def _send(self, request: Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


# A lease is five seconds longer than the deadline.
@pytest.mark.parametrize(("fault", "deadline"), [("late_answer", "30"), ("late_work", "5")])
def test_the_board_is_free_within_a_minute_and_the_edit_in_the_history(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, deadline: str
) -> None:
    noted = tmp_path / "workers"
    monkeypatch.setenv("WORKERS_NOTED_IN", str(noted))
    monkeypatch.setenv("BITRIX24_DEADLINE", deadline)
    settings = "--config python:tests.matrix.noted_workers"
    with installation.local(tmp_path, sandbox.webhook("lead"), gunicorn=settings) as site:
        browser = Browser(site)
        browser.get(BOARD)
        sandbox.faults.arm(fault, method=UPDATE, seconds=4)

        def rename() -> None:
            with suppress(OSError):  # what a browser sees of a worker that is killed
                browser.post(f"{BOARD}stages/3/rename/", {"title": "QA"})

        edit = Thread(target=rename)
        edit.start()
        wait_until(lambda: not sandbox.faults.armed())
        for number in noted.read_text().split():
            os.kill(int(number), signal.SIGKILL)
        killed = time.monotonic()
        edit.join()
        status, text = 503, ""
        while status == 503 and time.monotonic() < killed + 60:
            status, text = browser.post(f"{BOARD}stages/1/rename/", {"title": "Later"})
        assert status == 200, text
        history = browser.get("/history/")
    assert portal.titles(sandbox, "group-10")[:3] == ["Later", "In progress", "QA"]
    assert [write.method for write in sandbox.writes] == [UPDATE] * 2
    assert history.count("/undo/") == 2
    assert "QA" in history
    assert "Later" in history
