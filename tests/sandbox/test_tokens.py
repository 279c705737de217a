"""The portal's REST with tokens of applications."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from tests.sandbox.oauth import ADA, DISMISSED, LENA, MAX, call, pair
from tests.sandbox.wire import Wire, send


def test_5_without_a_token_nobody_is_known(portal: Sandbox) -> None:
    assert send(f"{portal.url}/rest/task.stages.get").error == (401, "NO_AUTH_FOUND")


def test_6_an_expired_token_is_told_so(portal: Sandbox) -> None:
    token = pair(portal).access
    portal.authority.tokens.expire()
    assert call(portal, token, "task.stages.get", entityId=10).error == (401, "expired_token")


def test_a_token_lives_for_an_hour(portal: Sandbox) -> None:
    token = pair(portal).access
    portal.authority.tokens.advance(3599)
    assert call(portal, token, "profile").status == 200
    portal.authority.tokens.advance(2)
    assert call(portal, token, "profile").error == (401, "expired_token")


def test_7_a_token_without_the_scope_is_refused(portal: Sandbox) -> None:
    token = pair(portal).access
    portal.authority.tokens.limit_scopes(frozenset({"user_brief"}))
    answer = call(portal, token, "task.stages.get", entityId=10)
    assert answer.error == (401, "insufficient_scope")
    assert "access token" in answer.body["error_description"]
    assert call(portal, token, "user.current").result["ID"] == str(LENA)


def test_newly_ticked_scopes_come_with_a_new_token(portal: Sandbox) -> None:
    portal.app.scopes = frozenset({"task"})
    old = pair(portal).access
    portal.app.scopes = frozenset({"task", "rpa"})
    assert call(portal, old, "scope").result == ["task"]
    assert call(portal, pair(portal).access, "scope").result == ["task", "rpa"]


@pytest.mark.parametrize("place", ["bearer", "auth", "access_token"])
def test_a_token_may_come_in_three_places(portal: Sandbox, place: str) -> None:
    token = pair(portal, MAX).access
    url = f"{portal.url}/rest/user.current.json"
    if place == "bearer":
        answer = send(url, headers={"Authorization": f"Bearer {token}"})
    else:
        answer = send(f"{url}?{place}={token}")
    assert answer.result["ID"] == str(MAX)
    assert token not in str(portal.requests)
    assert portal.requests[-1].person == MAX


def test_a_token_wins_over_a_webhook(lena: Wire) -> None:
    assert lena.get("profile", "auth=made-up").error == (401, "invalid_token")


def test_an_unknown_method_is_told_before_the_token_is_judged(portal: Sandbox) -> None:
    assert call(portal, "made-up", "no.such").error == (404, "ERROR_METHOD_NOT_FOUND")


def test_a_dismissed_person_is_refused(portal: Sandbox) -> None:
    token = pair(portal, DISMISSED).access
    assert call(portal, token, "profile").error == (401, "authorization_error")


def test_a_person_without_access_to_the_application_is_refused(portal: Sandbox) -> None:
    portal.installation.without_access.add(MAX)
    token = pair(portal, MAX).access
    assert call(portal, token, "profile").error == (401, "user_access_error")


def test_somebody_elses_cookie_beside_the_token_is_refused(portal: Sandbox) -> None:
    url = f"{portal.url}/rest/profile?auth={pair(portal).access}"
    foreign, own = ({"Cookie": f"sandbox_person={number}"} for number in (ADA, LENA))
    assert send(url, headers=foreign).error == (401, "authorization_error")
    assert send(url, headers=own).status == 200


def test_a_batch_works_with_a_token(portal: Sandbox) -> None:
    commands = {"a": "app.info", "b": "user.current"}
    maps = call(portal, pair(portal).access, "batch", cmd=commands).result
    assert maps["result"]["a"]["CODE"] == portal.app.client_id
    assert maps["result"]["b"]["ID"] == str(LENA)


def test_app_info_tells_whether_the_installation_is_finished(portal: Sandbox, lena: Wire) -> None:
    token = pair(portal).access
    assert call(portal, token, "app.info").result["INSTALLED"] is False
    portal.apps.finish(portal.installation, ADA)
    told = call(portal, token, "app.info").result
    assert (told["INSTALLED"], told["STATUS"], told["PAYMENT_EXPIRED"]) == (True, "L", "N")
    assert set(lena.get("app.info").result) == {"SCOPE", "LICENSE"}


def test_each_executed_write_is_noted_once(portal: Sandbox) -> None:
    token = pair(portal).access
    portal.faults.arm("reset_after")
    with pytest.raises(ConnectionResetError):
        call(portal, token, "task.stages.update", id=2, fields={"TITLE": "Changed"})
    portal.faults.arm("limit")
    call(portal, token, "task.stages.update", id=3, fields={"TITLE": "Changed"})
    call(portal, token, "batch", cmd={"a": "task.stages.delete?id=1"})
    assert [(write.person, write.method, write.params["id"]) for write in portal.writes] == [
        (LENA, "task.stages.update", 2),
        (LENA, "task.stages.delete", "1"),
    ]
    assert [write.ok for write in portal.writes] == [True, False]
