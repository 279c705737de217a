"""Each fault by name: what the client sees and what the portal did."""

from __future__ import annotations

import http.client
import threading
import time

import pytest

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire

UPDATE = "task.stages.update"


def rename(wire: Wire, title: str = "Changed") -> object:
    return wire.post(UPDATE, id=2, fields={"TITLE": title})


def title(portal: Sandbox) -> str:
    return portal.portal.stages[2].title


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("limit", 503, "QUERY_LIMIT_EXCEEDED"),
        ("server_error", 500, "INTERNAL_SERVER_ERROR"),
        ("operation_time_limit", 429, "OPERATION_TIME_LIMIT"),
        ("refused_by_code", 500, "INTERNAL_SERVER_ERROR"),
        ("ok_error", 200, "INTERNAL_SERVER_ERROR"),
        ("expired_token", 401, "expired_token"),
    ],
)
def test_a_refusal_executes_nothing_and_fires_once(
    portal: Sandbox, lena: Wire, fault: str, status: int, code: str
) -> None:
    portal.faults.arm(fault)
    answer = lena.post(UPDATE, id=2, fields={"TITLE": "Changed"})
    assert answer.error == (status, code)
    assert "time" not in answer.body
    assert title(portal) == "In progress"
    assert lena.get("user.admin").status == 200


@pytest.mark.parametrize(("fault", "status"), [("html", 502), ("html_503", 503), ("html_200", 200)])
def test_30_front_ends_answer_html(portal: Sandbox, lena: Wire, fault: str, status: int) -> None:
    portal.faults.arm(fault)
    answer = lena.get("user.admin")
    assert answer.status == status
    assert answer.body.startswith("<html>")


@pytest.mark.parametrize(
    ("fault", "left"), [("reset_before", "In progress"), ("reset_after", "Changed")]
)
def test_a_reset_comes_before_or_after_the_work(
    portal: Sandbox, lena: Wire, fault: str, left: str
) -> None:
    portal.faults.arm(fault)
    with pytest.raises(ConnectionResetError):
        rename(lena)
    assert title(portal) == left
    assert (portal.requests[-1].status, portal.requests[-1].fault) == (0, fault)


def test_half_an_answer_breaks_off_after_the_work(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("half_answer")
    with pytest.raises(http.client.IncompleteRead):
        rename(lena)
    assert title(portal) == "Changed"


def test_a_late_answer_comes_long_after_the_work(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("late_answer", seconds=0.3)
    caller = threading.Thread(target=rename, args=(lena,))
    caller.start()
    assert eventually(lambda: title(portal) == "Changed")
    assert caller.is_alive()
    caller.join()


def test_late_work_lets_others_overtake(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("late_work", method=UPDATE, seconds=0.3)
    caller = threading.Thread(target=rename, args=(lena, "Late"))
    caller.start()
    assert eventually(lambda: portal.faults.armed() == [])
    rename(lena, "Early")
    assert title(portal) == "Early"
    caller.join()
    assert title(portal) == "Late"


def test_slow_delays_every_answer_until_cleared(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("slow", seconds=0.05)
    for _ in range(2):
        started = time.monotonic()
        lena.get("user.admin")
        assert time.monotonic() - started >= 0.05
    portal.faults.arm("limit")
    assert lena.get("user.admin").status == 503
    portal.faults.clear()
    assert portal.faults.armed() == []


def test_27_a_moved_portal_redirects_to_another_host(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("moved", host="https://new.example")
    answer = lena.get("user.admin", "a=1")
    assert answer.status == 302
    location = "https://new.example/rest/2/sandbox-lead/user.admin?a=1"
    assert answer.headers["Location"] == location


def test_no_time_leaves_the_block_out(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("no_time")
    assert lena.get("user.admin").body == {"result": False}


def test_refused_by_code_gives_any_documented_error(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("refused_by_code", code="expired_token")
    assert lena.get("user.admin").error == (401, "expired_token")
    portal.faults.arm("refused_by_code", code="OVERLOAD_LIMIT", status=503)
    assert lena.get("user.admin").error == (503, "OVERLOAD_LIMIT")


def test_a_fault_for_one_method_waits_for_it_even_inside_a_batch(
    portal: Sandbox, lena: Wire
) -> None:
    portal.faults.arm("limit", method="Task.Stages.Update", times=2)
    assert lena.get("user.admin").status == 200
    command = f"{UPDATE}?id=2&fields[TITLE]=x"
    assert lena.post("batch", cmd={"a": "user.admin", "b": command}).status == 503
    assert lena.get(UPDATE).status == 503
    assert portal.faults.armed() == []


def test_21_the_operating_limit_blocks_one_method_alone(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("operation_time_limit", method="user.admin")
    maps = lena.batch("profile", "user.admin")
    assert list(maps["result"]) == ["c1"]
    assert maps["result_error"]["c2"]["error"] == "OPERATION_TIME_LIMIT"


def test_a_limit_can_strike_in_the_middle_of_a_batch(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("batch_limit", after=1)
    maps = lena.batch(
        f"{UPDATE}?id=2&fields[TITLE]=a", f"{UPDATE}?id=3&fields[TITLE]=b", "user.admin"
    )
    assert list(maps["result"]) == ["c1"]
    codes = {error["error"] for error in maps["result_error"].values()}
    assert (len(maps["result_error"]), codes) == (2, {"QUERY_LIMIT_EXCEEDED"})
    assert portal.portal.stages[3].title == "Review"


def test_half_a_batch_is_executed_and_the_rest_lost(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("half_batch", after=1)
    with pytest.raises(ConnectionResetError):
        lena.batch(f"{UPDATE}?id=2&fields[TITLE]=a", f"{UPDATE}?id=3&fields[TITLE]=b")
    assert [portal.portal.stages[number].title for number in (2, 3)] == ["a", "Review"]


def test_an_unknown_fault_is_refused(portal: Sandbox) -> None:
    with pytest.raises(ValueError, match="Unknown fault 'nonsense'"):
        portal.faults.arm("nonsense")


def eventually(condition: object) -> bool:
    assert callable(condition)
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.005)
    return False


def test_a_reset_drops_what_waits(portal: Sandbox, lena: Wire) -> None:
    portal.faults.arm("late_work", method=UPDATE, seconds=60)
    dropped: list[Exception] = []

    def hear() -> None:
        try:
            rename(lena)
        except (OSError, http.client.HTTPException) as error:
            dropped.append(error)

    waiting = threading.Thread(target=hear)
    waiting.start()
    assert eventually(lambda: portal.faults.armed() == [])
    portal.reset()
    waiting.join(10)
    assert dropped
    assert title(portal) == "In progress"
