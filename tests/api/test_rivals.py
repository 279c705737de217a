"""Programs that have read the same board and edit it at the same moment, over HTTP: one wins."""

from __future__ import annotations

import http.client
import json
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_django.live_server_helper import LiveServer

from sandbox.server import Sandbox
from stages.models import Change
from tests import portal
from tests.api.conftest import Programs
from tests.api.program import API
from tests.services import removals
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)

# What each of the rivals asks for; a number tells them apart.
WISHES: dict[str, tuple[str, str, Any]] = {
    "add": ("POST", "stages/", {"title": "Mine"}),
    "change": ("PATCH", "stages/{second}/", {"title": "Mine"}),
    "order": ("PUT", "order/", {"stage_ids": "turned"}),
    "delete": ("DELETE", "stages/{second}/", None),
}


class Rival:
    """A program at a real server, with the ETag of the board it has read."""

    def __init__(self, server: LiveServer, secret: str, board: str) -> None:
        self._host = urlsplit(server.url).netloc
        self._headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        self._board = f"{API}boards/{board}/"
        _, read, self._headers["If-Match"] = self.ask("GET", self._board)
        self.ids = [stage["id"] for stage in read["stages"]]

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any, str]:
        connection = http.client.HTTPConnection(self._host, timeout=60)
        connection.request(method, path, None if body is None else json.dumps(body), self._headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        found = json.loads(content) if content else None
        return answer.status, found, answer.headers.get("ETag", "")

    def wish(self, kind: str, number: int) -> int:
        """Make the edit of that kind; return the status."""
        method, path, body = WISHES[kind]
        if kind == "order":
            turn = 1 + number % (len(self.ids) - 1)
            body = {"stage_ids": [*self.ids[turn:], *self.ids[:turn]]}
        elif body:
            body = {"title": f"Mine {number}"}
        return self.ask(method, self._board + path.format(second=self.ids[1]), body)[0]

    def undo(self, change_id: int) -> int:
        return self.ask("POST", f"{API}changes/{change_id}/undo/")[0]


SAME = [(kind,) * 4 for kind in WISHES]
ALL_KINDS = tuple(WISHES)
CASES = [
    *((f"group-{portal.RELAUNCH}", kinds) for kinds in (*SAME, ALL_KINDS)),
    # Nobody has opened this one yet; its stages cannot be deleted, being the portal's own.
    *((f"group-{portal.OFFICE}", kinds) for kinds in SAME if "delete" not in kinds),
]


@pytest.mark.parametrize(("board", "kinds"), CASES)
def test_of_several_edits_at_once_one_is_made(
    sandbox: Sandbox,
    programs: Programs,
    live_server: LiveServer,
    board: str,
    kinds: tuple[str, ...],
) -> None:
    removals.everything_visible(sandbox)
    for task in sandbox.portal.tasks.values():
        task.stage_id = portal.ids(sandbox, "group-10")[0]
    rivals = [Rival(live_server, programs("lead").secret, board) for _ in kinds]
    assert not Change.objects.exclude(edits=[]).exists()
    wishes = [
        partial(rival.wish, kind, number)
        for number, (rival, kind) in enumerate(zip(rivals, kinds, strict=True), 1)
    ]
    statuses = together(wishes)
    won = [status for status in statuses if status < 300]
    assert (len(won), statuses.count(412)) == (1, len(kinds) - 1), statuses
    assert Change.objects.exclude(edits=[]).count() == 1


def test_of_several_undoings_at_once_one_is_made(
    sandbox: Sandbox, programs: Programs, live_server: LiveServer
) -> None:
    lead = programs("lead")
    review = portal.stage_id(sandbox, "group-10", "Review")
    assert lead.patch(f"boards/group-10/stages/{review}/", {"title": "QA"}).status == 200
    change_id = Change.objects.latest("pk").pk
    rivals = [Rival(live_server, lead.secret, "group-10") for _ in range(4)]
    statuses = together([partial(rival.undo, change_id) for rival in rivals])
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 412}
    assert portal.titles(sandbox, "group-10")[2] == "Review"
    assert len(portal.writes(sandbox)) == 2
