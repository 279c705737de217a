"""A form that no browser sends is refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

POSTED_TO = ("/boards/group-10/stages/3/rename/", "/embed/")
READ_ONLY = ("/", "/portals/")
FORM = "application/x-www-form-urlencoded"
UNREADABLE = [
    pytest.param(f"{FORM}; charset=utf-16", "title=x".encode("utf-16"), id="letters"),
    pytest.param(FORM, b"a=b&" * 2_000, id="fields"),
    pytest.param("multipart/form-data", b"title=x", id="boundary"),
]


def post(path: str, kind: str, body: bytes) -> Any:
    browser = Client(raise_request_exception=False, headers={"host": "127.0.0.1:8000"})
    return browser.generic("POST", path, body, content_type=kind)


@pytest.mark.django_db
@pytest.mark.parametrize("path", POSTED_TO)
@pytest.mark.parametrize(("kind", "body"), UNREADABLE)
def test_it_is_a_bad_request_and_no_failure_of_ours(path: str, kind: str, body: bytes) -> None:
    answer = post(path, kind, body)
    assert answer.status_code in (400, 403)
    assert b"Nothing was changed." in answer.content or path == "/embed/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", READ_ONLY)
@pytest.mark.parametrize(("kind", "body"), UNREADABLE)
def test_where_nothing_is_posted_to_it_is_none_either(path: str, kind: str, body: bytes) -> None:
    assert post(path, kind, body).status_code in (400, 403, 405)
