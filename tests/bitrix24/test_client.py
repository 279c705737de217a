"""Calls and batches end in answers or in each command's own error."""

from __future__ import annotations

from typing import Any

import pytest
from pyrate_limiter import InMemoryStateStore

from stages.bitrix24 import errors
from stages.bitrix24.addresses import ANYWHERE
from stages.bitrix24.auth import WebhookAuth
from stages.bitrix24.client import Client
from stages.bitrix24.command import Command
from stages.bitrix24.methods import task_stages, tasks, users
from stages.bitrix24.ratelimit import Allowance, LeakyBucket
from tests.bitrix24 import server
from tests.bitrix24.clock import FakeClock
from tests.bitrix24.conftest import Serve
from tests.bitrix24.server import Server, refusal, result

LIMIT = {"error": "QUERY_LIMIT_EXCEEDED", "error_description": "Too many requests"}


def write() -> Command[None]:
    return task_stages.update(stage_id=7, after_id=3)


def batch_of(
    results: dict[str, object] | None = None,
    refusals: dict[str, object] | None = None,
    **more: object,
) -> server.Answer:
    """Answer a batch as PHP does, with `[]` for what is empty."""
    parts = {"result_total": [], "result_next": [], "result_time": [], **more}
    return result({"result": results or [], "result_error": refusals or [], **parts})


def test_a_read_survives_a_lost_answer(serve: Serve, clock: FakeClock) -> None:
    portal, client = serve(server.hang_up, server.half, result(True))
    assert client.call(users.admin()) is True
    assert len(portal.requests) == 3
    assert 0.5 < sum(clock.slept) < 1


def test_a_write_whose_answer_got_lost_is_sent_once(serve: Serve) -> None:
    portal, client = serve(server.hang_up)
    with pytest.raises(errors.ConnectionLost) as caught:
        client.call(write())
    assert not caught.value.did_not_run
    assert len(portal.requests) == 1


@pytest.mark.parametrize("code", ["INTERNAL_SERVER_ERROR", "UNKNOWN_ERROR", "ERROR_CORE"])
def test_a_write_that_failed_inside_is_sent_once(serve: Serve, code: str) -> None:
    portal, client = serve(refusal(code, 500))
    with pytest.raises(errors.Bitrix24Error):
        client.call(write())
    assert len(portal.requests) == 1


def test_a_write_survives_a_refusal_by_the_limit(serve: Serve, clock: FakeClock) -> None:
    portal, client = serve(refusal("QUERY_LIMIT_EXCEEDED", 503), result(True))
    client.call(write())
    assert len(portal.requests) == 2
    assert clock.slept == [pytest.approx(1, rel=0.2)]


def test_a_lasting_refusal_ends_within_the_time_of_the_call(serve: Serve, clock: FakeClock) -> None:
    _, client = serve(refusal("QUERY_LIMIT_EXCEEDED", 503))
    with pytest.raises(errors.LimitExceeded):
        client.call(write())
    assert sum(clock.slept) < 10


def test_a_full_bucket_is_told_without_sending(clock: FakeClock) -> None:
    bucket = LeakyBucket(
        store=InMemoryStateStore(), allowance=Allowance(per_second=1, burst=1), clock=clock
    )
    with (
        Server(result(True)) as portal,
        Client(
            auth=WebhookAuth.parse(portal.webhook),
            addresses=ANYWHERE,
            bucket=bucket,
            timeout=1,
            clock=clock,
        ) as client,
    ):
        client.call(users.admin())
        with pytest.raises(errors.LimitExceeded) as caught:
            client.call(users.admin())
        assert caught.value.retry_after == 1
        assert len(portal.requests) == 1


def test_a_dead_portal_is_reported_at_once(clock: FakeClock) -> None:
    with Server(result(True)) as gone:
        url = gone.webhook
    with (
        Client(auth=WebhookAuth.parse(url), addresses=ANYWHERE, clock=clock) as client,
        pytest.raises(errors.ConnectionRefused) as caught,
    ):
        client.call(write())
    assert caught.value.did_not_run
    assert sum(clock.slept) < 1


def test_an_answer_of_another_shape_is_unexpected(serve: Serve) -> None:
    _, client = serve(result({"5": {"ID": "five"}}))
    with pytest.raises(errors.UnexpectedAnswer) as caught:
        client.call(task_stages.get(entity_id=10))
    assert "5.ID" not in str(caught.value)
    assert "ID" in caught.value.description


def test_each_command_of_a_batch_has_its_answer(serve: Serve) -> None:
    portal, client = serve(
        batch_of(
            {"c0": [], "c2": {"tasks": []}, "c3": None},
            {"c1": {"error": "ACCESS_DENIED", "error_description": "<br>"}},
            result_total={"c2": "73"},
        )
    )
    stages, mine = task_stages.get(entity_id=10), users.current()
    count, unreadable = tasks.count(entity_id=10, stage_id=1), users.admin()
    answers = client.batch([stages, mine, count, unreadable])
    assert answers[stages] == ()
    assert answers[count] == 73
    with pytest.raises(errors.AccessDenied):
        answers[mine]
    with pytest.raises(errors.UnexpectedAnswer):
        answers[unreadable]
    assert answers.error(stages) is None
    assert answers.error(mine) is answers.first_error
    assert [answers.ran(one) for one in (stages, mine, count)] == [True, False, True]
    assert len(portal.requests) == 1


def test_a_single_command_needs_no_batch(serve: Serve) -> None:
    portal, client = serve(result(True))
    one = users.admin()
    assert client.batch([one])[one] is True
    assert portal.requests[0][0].endswith("/user.admin")


def test_nothing_at_all_needs_no_request(serve: Serve) -> None:
    portal, client = serve(result(True))
    assert client.batch([]).first_error is None
    assert portal.requests == []


def test_after_a_failure_with_halt_the_rest_certainly_did_not_run(serve: Serve) -> None:
    _, client = serve(
        batch_of({"c0": True}, {"c1": {"error": "NOT_FOUND", "error_description": ""}})
    )
    commands = [write(), write(), write()]
    answers = client.batch(commands, halt=True)
    found = [answers.error(one) for one in commands]
    assert found[0] is None
    assert isinstance(found[1], errors.StageNotFound)
    assert isinstance(found[2], errors.NotSent)
    assert found[2].did_not_run


def test_a_command_missing_without_reason_may_have_run(serve: Serve) -> None:
    _, client = serve(batch_of({"c0": True}))
    commands = [write(), write()]
    error = client.batch(commands, halt=True).error(commands[1])
    assert isinstance(error, errors.UnexpectedAnswer)
    assert not error.did_not_run


@pytest.mark.parametrize("value", [None, "text", [], 7], ids=repr)
def test_an_answer_that_is_none_to_a_batch_is_unexpected(serve: Serve, value: object) -> None:
    _, client = serve(result(value))
    commands = [write(), write()]
    answers = client.batch(commands)
    assert all(isinstance(answers.error(one), errors.UnexpectedAnswer) for one in commands)


def test_a_long_list_stops_at_the_chunk_that_fails(serve: Serve) -> None:
    first: dict[str, object] = {f"c{number}": True for number in range(50)}
    second: dict[str, object] = {"c0": True}
    portal, client = serve(
        batch_of(first), batch_of(second, {"c1": {"error": "NO_EMPTY", "error_description": ""}})
    )
    commands = [write() for _ in range(120)]
    answers = client.batch(commands, halt=True)
    assert len(portal.requests) == 2
    assert sum(answers.ran(one) for one in commands) == 51
    assert isinstance(answers.error(commands[51]), errors.NotEmpty)
    assert all(isinstance(answers.error(one), errors.NotSent) for one in commands[52:])


def test_without_halt_a_long_list_goes_on(serve: Serve) -> None:
    refused: dict[str, object] = {"c1": {"error": "NO_EMPTY", "error_description": ""}}
    done: dict[str, object] = {f"c{number}": True for number in range(50) if number != 1}
    portal, client = serve(batch_of(done, refused))
    commands = [write() for _ in range(100)]
    answers = client.batch(commands)
    assert len(portal.requests) == 2
    assert sum(answers.ran(one) for one in commands) == 98


def test_after_a_request_that_failed_as_a_whole_nothing_is_sent(serve: Serve) -> None:
    portal, client = serve(server.hang_up)
    commands = [write() for _ in range(120)]
    answers = client.batch(commands)
    assert len(portal.requests) == 1
    assert all(isinstance(answers.error(one), errors.ConnectionLost) for one in commands[:50])
    assert all(isinstance(answers.error(one), errors.NotSent) for one in commands[50:])


def test_a_batch_that_only_reads_counts_as_a_read(serve: Serve) -> None:
    portal, client = serve(server.hang_up, batch_of({"c0": True, "c1": True}))
    commands = [users.admin(), users.admin()]
    assert client.batch(commands).first_error is None
    assert len(portal.requests) == 2


def test_only_what_the_limit_refused_is_read_again(serve: Serve, clock: FakeClock) -> None:
    portal, client = serve(
        batch_of({"c0": True}, {"c1": LIMIT, "c2": LIMIT}), batch_of({"c0": False, "c1": True})
    )
    commands = [users.admin() for _ in range(3)]
    answers = client.batch(commands)
    assert [answers[one] for one in commands] == [True, False, True]
    assert [list(body["cmd"]) for _, body in portal.requests] == [["c0", "c1", "c2"], ["c0", "c1"]]
    assert clock.slept == [pytest.approx(1, rel=0.2)]


def test_writes_the_limit_refused_inside_a_batch_are_left_to_the_caller(serve: Serve) -> None:
    portal, client = serve(batch_of({"c0": True}, {"c1": LIMIT}))
    commands = [write(), write()]
    error = client.batch(commands).error(commands[1])
    assert isinstance(error, errors.LimitExceeded)
    assert error.did_not_run
    assert len(portal.requests) == 1


def test_a_limit_that_stays_is_reported_for_what_it_refused(serve: Serve) -> None:
    _, client = serve(batch_of({"c0": True}, {"c1": LIMIT}), batch_of({}, {"c0": LIMIT}))
    commands: list[Command[Any]] = [users.admin(), users.admin()]
    answers = client.batch(commands)
    assert answers[commands[0]] is True
    assert isinstance(answers.error(commands[1]), errors.LimitExceeded)


def test_text_like_a_reference_is_sent_outside_a_batch(serve: Serve) -> None:
    portal, client = serve(result(True))
    commands = [task_stages.update(stage_id=1, title="$result[c0]"), write()]
    assert client.batch(commands).first_error is None
    assert [path.rsplit("/", 1)[1] for path, _ in portal.requests] == ["task.stages.update"] * 2
    assert portal.requests[0][1]["fields"] == {"TITLE": "$result[c0]"}


def test_a_client_shows_its_host_only() -> None:
    with Client(auth=WebhookAuth.parse("https://p.test/rest/1/secret/")) as client:
        assert repr(client) == "<Client of p.test>"
