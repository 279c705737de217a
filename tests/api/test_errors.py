"""Every error of the API: its status, its code, its shape, and that nothing else happened."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.server import Sandbox
from tests import portal
from tests.api.program import Program

KEY = "group-10"
BOARD = f"boards/{KEY}/"
UPDATE = "task.stages.update"
PLAIN = "application/x-www-form-urlencoded"


@pytest.fixture
def review(sandbox: Sandbox) -> str:
    return f"{BOARD}stages/{portal.stage_id(sandbox, KEY, 'Review')}/"


WRONG_TITLES = ["", "  ", "x" * 256, "x" * 1_000_000, "a\0b", "a\nb", "\ud800", 5, 1.5, True, None]
WRONG_TITLES += [[], {}, ["x"]]
WRONG_COLORS: list[Any] = ["", "red", "#12345", "12345G", "00C4FB\n", 0, None, ["00C4FB"]]
WRONG_ORDERS: list[Any] = [None, 5, "1,2", {}, [[1]], [0], [1, 1], [1] * 1001]
NONSENSE: list[str | bytes] = [
    *("", "{", "nonsense", '{"title": NaN}', '{"title": -Infinity}', "null", "[]", "5", '"title"'),
    '{"title": 1' + "0" * 5000 + "}",
    "[" * 100_000,
    '{"title":' * 10_000 + "1" + "}" * 10_000,
    b'{"title": "\xff"}',
    b"\x00",
    '{"title": "' + "x" * 2_000_000 + '"}',
]
WRONG_IDS: list[Any] = [-1, 2**31, 10**400, 1.0, 1.5, "1", True, None, [], {}]


def refused(answer: Any, field: str) -> bool:
    assert answer.error == (400, "INVALID")
    return list(answer.body["fields"]) == [field]


def test_a_wrong_title_is_invalid(sandbox: Sandbox, lead: Program, review: str) -> None:
    for title in WRONG_TITLES:
        assert refused(lead.patch(review, {"title": title}), "title")
        assert refused(lead.post(f"{BOARD}stages/", {"title": title}), "title")
    assert list(sandbox.requests) == []


def test_a_wrong_colour_is_invalid(sandbox: Sandbox, lead: Program, review: str) -> None:
    for color in WRONG_COLORS:
        assert refused(lead.patch(review, {"color": color}), "color")
        assert refused(lead.post(f"{BOARD}stages/", {"title": "x", "color": color}), "color")
    assert list(sandbox.requests) == []


def test_a_wrong_id_is_invalid(sandbox: Sandbox, lead: Program, review: str) -> None:
    for number in WRONG_IDS:
        assert refused(lead.patch(review, {"after_id": number}), "after_id")
        assert refused(lead.put(f"{BOARD}order/", {"stage_ids": [number]}), "stage_ids")
    assert list(sandbox.requests) == []


def test_a_wrong_order_is_invalid(sandbox: Sandbox, lead: Program) -> None:
    for order in WRONG_ORDERS:
        assert refused(lead.put(f"{BOARD}order/", {"stage_ids": order}), "stage_ids")
    assert list(sandbox.requests) == []


def test_a_body_that_makes_no_sense_is_invalid(sandbox: Sandbox, lead: Program) -> None:
    for body in NONSENSE:
        answer = lead.ask("POST", f"{BOARD}stages/", body)
        assert answer.error == (400, "INVALID"), body[:40]
    assert list(sandbox.requests) == []


def test_a_field_that_nobody_knows_is_invalid(sandbox: Sandbox, lead: Program, review: str) -> None:
    for name in ("titel", "", "\ud800", "x" * 10_000, "\0"):
        answer = lead.ask("PATCH", review, json.dumps({"title": "QA", name: 1}))
        assert answer.error == (400, "INVALID")
    assert list(sandbox.requests) == []


def test_a_query_that_makes_no_sense_is_invalid(sandbox: Sandbox, lead: Program) -> None:
    pages = ("page=0", "page=x", "page=1.0", "page=-1", "page_size=201", "page=99999999999")
    for query in (*pages, "page=", "probe=yes", "search=%00", f"search={'x' * 256}"):
        assert refused(lead.get(f"boards/?{query}"), query.partition("=")[0])
    assert list(sandbox.requests) == []


def test_other_queries_are_taken_at_their_word(sandbox: Sandbox, lead: Program) -> None:
    assert refused(lead.get(f"{BOARD}?as_admin=true"), "as_admin")
    assert refused(lead.get("changes/?board=10"), "board")
    assert refused(lead.delete(f"{BOARD}stages/3/?move_tasks_to=Done"), "move_tasks_to")
    assert list(sandbox.requests) == []


def test_a_parameter_that_nobody_knows_is_invalid(
    sandbox: Sandbox, lead: Program, review: str
) -> None:
    assert refused(lead.get("changes/?bord=group-11"), "bord")
    assert refused(lead.get("boards/?as_admin=1"), "as_admin")
    assert refused(lead.get("rpa/types/?page=2"), "page")
    assert refused(lead.patch(f"{review}?if_match=1", {"title": "QA"}), "if_match")
    assert refused(lead.delete(f"{review}?move_task_to=3"), "move_task_to")
    assert list(sandbox.requests) == []


def test_an_address_that_does_not_exist_is_not_found(lead: Program) -> None:
    for path in (
        *("", "board/", "boards", "boards/10/", "boards/group-0/", "boards/group-9999999999/"),
        *("boards/group-10/stages/0/", "boards/group-10/stages/99999999999/", "changes/x/"),
        *("/api/", "/api/v2/boards/", "/api/nothing", "boards/group-10/%0A/", "%FF/"),
    ):
        for method in ("GET", "POST", "PATCH", "DELETE"):
            answer = lead.ask(method, path)
            assert answer.error == (404, "NOT_FOUND"), path


def test_a_method_that_is_not_taken_is_refused(lead: Program) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"):
        answer = lead.ask(method, "boards/")
        assert answer.error == (405, "METHOD_NOT_ALLOWED")
        assert "GET" in answer.headers["Allow"]


def test_a_body_of_another_kind_is_refused(sandbox: Sandbox, lead: Program) -> None:
    form = '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nQA\r\n--x--\r\n'
    parts = "multipart/form-data"
    for kind, body in (
        *((kind, "title=QA") for kind in ("text/plain", PLAIN, "nonsense")),
        *((f"{parts}; boundary=x", body) for body in (form, form[:-9], "nonsense")),
        (parts, form),
    ):
        answer = lead.post(f"{BOARD}stages/", body, **{"Content-Type": kind})
        assert answer.error == (415, "UNSUPPORTED_MEDIA_TYPE"), (kind, body)
    assert list(sandbox.requests) == []


def test_json_is_answered_whatever_is_accepted(lead: Program) -> None:
    answer = lead.get("boards/", Accept="text/html")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")


def test_a_member_may_not_edit(sandbox: Sandbox, member: Program, review: str) -> None:
    for answer in (
        member.patch(review, {"title": "Mine"}),
        member.post(f"{BOARD}stages/", {"title": "Mine"}),
        member.put(f"{BOARD}order/", {"stage_ids": portal.ids(sandbox, KEY)[::-1]}),
    ):
        assert answer.error == (403, "ACCESS_DENIED")
    assert portal.writes(sandbox) == []


def test_what_does_not_exist_is_not_found(sandbox: Sandbox, lead: Program) -> None:
    foreign = portal.ids(sandbox, "group-11")[1]
    review = portal.stage_id(sandbox, KEY, "Review")
    for answer in (
        lead.get("boards/group-999/"),
        lead.patch(f"{BOARD}stages/{foreign}/", {"title": "Mine"}),
        lead.patch(f"{BOARD}stages/{foreign}/", {}),
        lead.patch(f"{BOARD}stages/999999/", {"color": "00C4FB"}),
        lead.patch(f"{BOARD}stages/{review}/", {"after_id": foreign}),
        lead.post(f"{BOARD}stages/", {"title": "Mine", "after_id": foreign}),
        lead.post("changes/999999/undo/"),
        lead.get("changes/999999/"),
    ):
        assert answer.error == (404, "NOT_FOUND")
    assert portal.writes(sandbox) == []


def test_an_order_that_leaves_a_stage_out_is_invalid(sandbox: Sandbox, lead: Program) -> None:
    answer = lead.put(f"{BOARD}order/", {"stage_ids": portal.ids(sandbox, KEY)[1:]})
    assert refused(answer, "stage_ids")
    assert portal.writes(sandbox) == []


def test_a_host_that_is_not_ours_is_refused_in_the_same_shape(lead: Program) -> None:
    answer = lead.get(BOARD, host="evil.example")
    assert answer.error == (400, "INVALID")
