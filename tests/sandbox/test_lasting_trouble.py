"""Trouble that goes on: connections refused, faults until cleared, work done for nobody."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from sandbox.server import Sandbox
from tests.sandbox.wire import JSON_TYPE, Wire, send

READ, UPDATE = "task.stages.get", "task.stages.update"


@pytest.fixture
def own() -> Iterator[Sandbox]:
    """A sandbox of its own, since others have connections open to the common one."""
    with Sandbox(bucket="off") as sandbox:
        yield sandbox


def connect(own: Sandbox) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", int(own.domain.rpartition(":")[2]), timeout=10)


def request(connection: http.client.HTTPConnection, method: str, body: str) -> int:
    connection.request("POST", f"/rest/2/sandbox-lead/{method}", body, JSON_TYPE)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def is_refused(own: Sandbox) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(own.domain.rpartition(":")[2]))) != 0


def test_after_the_request_it_waits_for_connections_are_refused_for_a_while(own: Sandbox) -> None:
    own.faults.arm("refused", method=READ, seconds=0.3)
    wire = Wire(own.webhook("lead"))
    assert wire.get("profile").status == 200
    answer = wire.get(READ, "entityId=10")
    assert (answer.status, answer.headers["Connection"]) == (200, "close")
    with pytest.raises(ConnectionRefusedError):
        wire.get(READ, "entityId=10")
    deadline = time.monotonic() + 10
    while is_refused(own):
        assert time.monotonic() < deadline
    assert wire.get(READ, "entityId=10").status == 200
    assert [record.method for record in own.requests] == ["profile", READ, READ]


def test_they_are_refused_until_cleared_where_it_lasts(own: Sandbox) -> None:
    own.faults.arm("refused", lasting=True)
    assert Wire(own.webhook("lead")).get("profile").status == 200
    assert is_refused(own)
    own.faults.clear()
    assert Wire(own.webhook("lead")).get("profile").status == 200


def test_idle_connections_end_and_requests_at_work_are_answered(own: Sandbox) -> None:
    idle, busy = connect(own), connect(own)
    assert request(idle, "profile", "{}") == 200
    own.faults.arm("late_answer", method="user.admin", seconds=0.3)
    busy.request("POST", "/rest/2/sandbox-lead/user.admin", "{}", JSON_TYPE)
    while own.faults.armed():
        time.sleep(0.005)
    own.faults.arm("refused", lasting=True)
    Wire(own.webhook("lead")).get("profile")
    assert busy.getresponse().status == 200
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        request(idle, "profile", "{}")
    for connection in (idle, busy):
        connection.close()


def test_a_portal_that_refuses_can_be_stopped_and_started(own: Sandbox) -> None:
    own.faults.arm("refused", seconds=0.05)
    Wire(own.webhook("lead")).get("profile")
    own.stop()
    own.faults.clear()
    assert is_refused(own)
    own.start()
    assert Wire(own.webhook("lead")).get("profile").status == 200


@pytest.mark.parametrize(
    ("fault", "status"),
    [("limit", 503), ("operation_time_limit", 429), ("html_500", 500), ("server_error", 500)],
)
def test_a_lasting_fault_fires_until_cleared(
    portal: Sandbox, lena: Wire, fault: str, status: int
) -> None:
    portal.faults.arm(fault, method=UPDATE, lasting=True)
    answers = [lena.post(UPDATE, id=2, fields={"TITLE": "Changed"}).status for _ in range(4)]
    assert answers == [status] * 4
    assert lena.get(READ, "entityId=10").status == 200
    assert portal.writes == []
    portal.faults.clear()
    assert lena.post(UPDATE, id=2, fields={"TITLE": "Changed"}).status == 200


def test_one_that_spreads_strikes_everything_once_it_has_struck(
    portal: Sandbox, lena: Wire
) -> None:
    portal.faults.arm("server_error", method=UPDATE, lasting=True, spreads=True)
    assert lena.get(READ, "entityId=10").status == 200
    assert lena.post(UPDATE, id=2, fields={"TITLE": "Changed"}).status == 500
    assert lena.get(READ, "entityId=10").status == 500
    portal.faults.clear()
    assert lena.get(READ, "entityId=10").status == 200


@pytest.mark.parametrize("fault", ["batch_limit", "half_batch"])
def test_so_does_one_inside_a_batch(portal: Sandbox, lena: Wire, fault: str) -> None:
    portal.faults.arm(fault, lasting=True, after=1)
    for number in range(3):
        command = f"{UPDATE}?id=2&fields[TITLE]={number}"
        cmd = {"a": command, "b": f"{UPDATE}?id=3&fields[TITLE]=never"}
        if fault == "half_batch":
            with pytest.raises(ConnectionResetError):
                lena.post("batch", cmd=cmd)
        else:
            lena.post("batch", cmd=cmd)
        assert portal.portal.stages[2].title == str(number)
    assert portal.portal.stages[3].title == "Review"


def test_late_work_is_done_also_for_a_client_that_has_gone(portal: Sandbox) -> None:
    portal.faults.arm("late_work", method=UPDATE, seconds=0.2)
    client = connect(portal)
    body = '{"id": 2, "fields": {"TITLE": "Late"}}'
    client.request("POST", f"/rest/2/sandbox-lead/{UPDATE}", body, JSON_TYPE)
    while portal.faults.armed():
        time.sleep(0.005)
    client.close()
    assert portal.writes == []
    assert portal.wait_until_idle()
    assert [(write.method, write.ok) for write in portal.writes] == [(UPDATE, True)]
    assert portal.portal.stages[2].title == "Late"


def test_waiting_for_work_ends_in_time(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("late_answer", seconds=0.5)
    caller = threading.Thread(target=lena.get, args=("profile",))
    caller.start()
    while portal.faults.armed():
        time.sleep(0.005)
    assert not portal.wait_until_idle(0.01)
    answer = send(f"{portal.url}/sandbox/idle", verb="POST", body=b"")
    assert answer.body == {"idle": True}
    caller.join()


def test_half_a_request_is_no_request(portal: Sandbox) -> None:
    client = connect(portal)
    client.putrequest("POST", f"/rest/2/sandbox-lead/{UPDATE}")
    client.putheader("Content-Length", "1000")
    client.endheaders(b"id=2&fields[TITLE]=Half")
    client.close()
    assert Wire(portal.webhook("lead")).get("profile").status == 200
    assert portal.writes == []
    assert [record.method for record in portal.requests] == ["profile"]
