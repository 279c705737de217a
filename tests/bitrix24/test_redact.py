"""Secrets are masked in whatever notation they come."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest

from stages.bitrix24.redact import RedactingFilter, redact

SECRET = "s3cr3t-Va_lue.1"
CODE = "abc123def456"


@pytest.mark.parametrize(
    "text",
    [
        f"https://p.test/rest/1/{CODE}/task.stages.get.json?a=1",
        f"POST /rest/1/{CODE}/batch HTTP/1.1",
        f"/rest/1/{CODE}",
        f"/rest/api/1/{CODE}/tasks.task.get",
        json.dumps(f"https://p.test/rest/1/{CODE}/").replace("/", "\\/"),
        f"https%3A%2F%2Fp.test%2Frest%2F1%2F{CODE}%2F",
        f"url: /rest/1/{CODE}/user.get (Caused by NewConnectionError)",
    ],
)
def test_a_webhook_code_is_masked(text: str) -> None:
    assert CODE not in redact(text)
    assert "rest" in redact(text)


@pytest.mark.parametrize(
    "name",
    [
        "auth",
        "AUTH_ID",
        "access_token",
        "refresh_token",
        "REFRESH_ID",
        "client_secret",
        "code",
        "application_token",
        "APPLICATION_TOKEN",
        "auth[access_token]",
        "sessid",
    ],
)
def test_a_token_is_masked_in_every_notation(name: str) -> None:
    notations = [
        f"https://p.test/rest/x?{name}={SECRET}&b=1",
        f"b=1&{name}={SECRET}",
        json.dumps({"a": 1, name: SECRET, "b": 2}),
        json.dumps(json.dumps({name: SECRET})),
        repr({name: SECRET}),
    ]
    for text in notations if "[" not in name else notations[:2]:
        assert SECRET not in redact(text), text
        assert "***" in redact(text)


def test_an_authorization_header_is_masked() -> None:
    assert redact(f"Authorization: Bearer {SECRET}") == "Authorization: Bearer ***"


@pytest.mark.parametrize(
    "text",
    [
        "task.stages.get took 0.3 s",
        "https://p.test/rest/task.stages.get",
        '{"error": "ACCESS_DENIED", "title": "Code review"}',
        "barcode=17 postcode=5 author=Ann",
    ],
)
def test_anything_else_stays(text: str) -> None:
    assert redact(text) == text


def test_the_filter_masks_messages_arguments_and_tracebacks() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RedactingFilter())
    logger = logging.getLogger("tests.bitrix24.redact")
    logger.addHandler(handler)
    logger.warning("sent %s to %s", 1, f"https://p.test/rest/1/{CODE}/")
    try:
        Path(f"/rest/1/{CODE}/batch").read_bytes()
    except OSError:
        logger.exception("failed")
    logger.removeHandler(handler)
    assert CODE not in stream.getvalue()
    assert "Traceback" in stream.getvalue()
    assert "sent 1 to https://p.test/rest/1/***/" in stream.getvalue()
