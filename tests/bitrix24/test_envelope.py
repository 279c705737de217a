"""Every shape in which a portal answers is read, or refused as unreadable."""

from __future__ import annotations

import json

import pytest
from requests.structures import CaseInsensitiveDict

from stages.bitrix24 import envelope, errors
from stages.bitrix24.command import Reply

HTML = b"<html><head><title>502 Bad Gateway</title></head></html>"


def read(body: object, status: int = 200, **headers: str) -> Reply:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = envelope.Answer(status, CaseInsensitiveDict(headers), content)
    return envelope.read(answer, now=1_000.0)


@pytest.mark.parametrize(
    "value", [{"a": 1}, [], [1], "text", 7, 0.5, True, False, None, ""], ids=repr
)
def test_a_result_may_be_anything(value: object) -> None:
    assert read({"result": value, "time": {"start": 1}}).result == value


def test_total_and_next_are_read_as_numbers_or_text() -> None:
    assert read({"result": [], "total": 173, "next": 50}) == Reply([], 173, 50)
    assert read({"result": [], "total": "173", "next": "50"}) == Reply([], 173, 50)
    assert read({"result": []}) == Reply([], None, None)


def test_a_result_counts_whatever_the_status() -> None:
    assert read({"result": 1}, 500).result == 1


@pytest.mark.parametrize("code", ["", "0", 0, None, "EMPTY_TITLE"], ids=repr)
def test_the_presence_of_the_error_key_counts_not_its_truth(code: object) -> None:
    with pytest.raises(errors.Bitrix24Error):
        read({"error": code, "result": []})


def test_an_error_may_come_with_status_200() -> None:
    with pytest.raises(errors.EmptyTitle):
        read({"error": "EMPTY_TITLE", "error_description": "x"}, 200)


def test_an_error_may_be_an_object() -> None:
    with pytest.raises(errors.AccessDenied) as caught:
        read({"error": {"code": "ACCESS_DENIED", "message": "no"}}, 403)
    assert (caught.value.code, caught.value.description) == ("ACCESS_DENIED", "no")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"12",
        b"{}",
        b'{"time": {}}',
        b'{"result": ',
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b"<br />Warning: x in y<br />" + b'{"result": 1}',
        HTML,
    ],
    ids=lambda body: repr(body[:20]),
)
def test_nonsense_is_an_unexpected_answer(body: bytes) -> None:
    with pytest.raises(errors.UnexpectedAnswer) as caught:
        read(body)
    assert not caught.value.did_not_run


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_html_of_a_failing_server_is_its_failure(status: int) -> None:
    with pytest.raises(errors.PortalFault) as caught:
        read(HTML, status)
    assert "html" not in str(caught.value)


def test_retry_after_is_told() -> None:
    with pytest.raises(errors.LimitExceeded) as caught:
        read({"error": "QUERY_LIMIT_EXCEEDED"}, 503, **{"retry-after": "3"})
    assert caught.value.retry_after == 3
    with pytest.raises(errors.LimitExceeded) as caught:
        read({"error": "QUERY_LIMIT_EXCEEDED"}, 503, **{"retry-after": "Wed, 21 Oct 2026"})
    assert caught.value.retry_after is None


@pytest.mark.parametrize(
    ("time", "reset_at"), [({"operating_reset_at": 1_060}, 1_060.0), ([], None)]
)
def test_the_end_of_a_block_is_told_where_the_portal_tells_it(
    time: object, reset_at: float | None
) -> None:
    with pytest.raises(errors.OperationTimeLimit) as caught:
        read({"error": "OPERATION_TIME_LIMIT", "time": time}, 429)
    assert caught.value.reset_at == reset_at
    assert caught.value.retry_after == (None if reset_at is None else 60.0)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "host"),
    [
        ("https://new.bitrix24.com/rest/1/secret/batch", "new.bitrix24.com"),
        ("https://new.bitrix24.com", "new.bitrix24.com"),
        ("/elsewhere", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_a_redirect_says_where_the_portal_went(status: int, location: str, host: str) -> None:
    with pytest.raises(errors.PortalMoved) as caught:
        read(HTML, status, location=location)
    assert caught.value.host == host
    assert "secret" not in str(caught.value)
