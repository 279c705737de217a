"""Tokens that open nothing, and how often one that does may be used."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.models import ApiToken
from tests.api.conftest import Programs
from tests.api.program import Program

BOARD = "boards/group-10/"


def test_without_a_token_nothing_is_answered(programs: Programs, sandbox: Sandbox) -> None:
    programs("lead")
    for header in ("", "Basic YTpi", "Bearer", "Bearer wrong", "Bearer \xff"):
        answer = Program().get(BOARD, **({"Authorization": header} if header else {}))
        assert answer.error == (401, "UNAUTHORIZED")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert list(sandbox.requests) == []


@pytest.mark.parametrize("end", ["revoked_at", "expires_at"])
def test_a_token_that_is_over_is_refused(lead: Program, end: str) -> None:
    ApiToken.objects.update(**{end: timezone.now()})
    assert lead.get(BOARD).error == (401, "UNAUTHORIZED")


def test_that_a_token_was_used_is_noted_down_once_a_minute(lead: Program) -> None:
    def last_used() -> datetime | None:
        return ApiToken.objects.get().last_used_at

    assert last_used() is None
    began = timezone.now()
    assert lead.get("changes/").status == 200
    first = last_used()
    assert first
    assert began <= first <= timezone.now()
    assert lead.get("changes/").status == 200
    assert last_used() == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=1, seconds=1))
    assert lead.get("changes/").status == 200
    assert (last_used() or began) > first


def test_a_token_of_somebody_inactive_is_refused(lead: Program) -> None:
    user = ApiToken.objects.get().user
    user.is_active = False
    user.save()
    assert lead.get(BOARD).error == (401, "UNAUTHORIZED")


def test_a_credential_that_is_disabled_is_told(lead: Program) -> None:
    credential = ApiToken.objects.get().credential
    credential.disabled_reason = "The portal does not know our webhook."
    credential.save()
    answer = lead.get(BOARD)
    assert answer.error == (502, "PORTAL_CREDENTIALS")


def test_a_token_is_good_for_600_requests_a_minute(lead: Program, settings: Settings) -> None:
    settings.LOCAL = False
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert lead.get("changes/").status == 200
    ApiToken.objects.update(requests=599)
    assert lead.get("changes/").status == 200
    answer = lead.get("changes/")
    assert answer.error == (429, "THROTTLED")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    ApiToken.objects.update(counted_since=timezone.now() - timedelta(minutes=1))
    assert lead.get("changes/").status == 200
    assert ApiToken.objects.get().requests == 1
    ApiToken.objects.update(requests=600)
    assert lead.get("changes/").error == (429, "THROTTLED")
    settings.LOCAL = True
    assert lead.get("changes/").status == 200
