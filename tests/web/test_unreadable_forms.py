"""A form in letters that no browser sends is refused in words."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/boards/group-10/stages/3/rename/", "/embed/", "/portals/"])
def test_it_is_a_bad_request_and_no_failure_of_ours(path: str) -> None:
    browser = Client(raise_request_exception=False, headers={"host": "127.0.0.1:8000"})
    kind = "application/x-www-form-urlencoded; charset=utf-16"
    answer = browser.generic("POST", path, "title=x".encode("utf-16"), content_type=kind)
    assert answer.status_code in (400, 403)
    assert b"Nothing was changed." in answer.content or path == "/embed/"
