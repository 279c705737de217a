"""The authorization server: codes, tokens and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from sandbox.server import Sandbox
from tests.sandbox.oauth import LENA, app_info, ask, call, exchange, pair, refresh
from tests.sandbox.wire import send


@pytest.mark.parametrize("by", ["GET", "POST"])
def test_a_code_is_exchanged_once(portal: Sandbox, by: str) -> None:
    code = portal.authority.issue_code(portal.installation, LENA).value
    answer = exchange(portal, code, by=by)
    assert answer.status == 200
    body = answer.body
    assert re.fullmatch(r"[0-9a-f]{70}", body["access_token"])
    assert int(body["access_token"][:8], 16) == body["expires"]
    assert (body["expires_in"], body["user_id"], body["status"]) == (3600, LENA, "L")
    assert body["client_endpoint"] == f"{portal.url}/rest/"
    assert body["server_endpoint"] == f"{portal.oauth_url}/rest/"
    assert body["domain"] == portal.oauth_url.split("/")[2] != portal.domain
    assert body["member_id"] == portal.member_id
    assert body["scope"] == "placement,rpa,socialnetwork,sonet_group,task,user_brief"
    assert call(portal, body["access_token"], "profile").result["ID"] == str(LENA)
    assert exchange(portal, code, by=by).error == (400, "invalid_grant")


def test_a_code_lives_for_thirty_seconds(portal: Sandbox) -> None:
    code = portal.authority.issue_code(portal.installation, LENA).value
    portal.authority.tokens.advance(31)
    assert exchange(portal, code).error == (400, "invalid_grant")


def test_the_scope_may_be_told_as_app_alone(portal: Sandbox) -> None:
    portal.switches.set(token_scope_app=True)
    token = refresh(portal, pair(portal).refresh).body
    assert token["scope"] == "app"
    assert call(portal, token["access_token"], "scope").result == [
        *("task", "sonet_group", "socialnetwork", "user_brief", "rpa", "placement")
    ]


def test_25_a_used_refresh_token_is_refused_or_goes_on_as_switched(portal: Sandbox) -> None:
    old = pair(portal)
    new = refresh(portal, old.refresh).body
    assert new["refresh_token"] != old.refresh
    assert refresh(portal, old.refresh).error == (400, "invalid_grant")
    portal.switches.set(old_refresh_token=True)
    assert refresh(portal, old.refresh).status == 200
    assert portal.authority.refreshes == 2


def test_of_eight_refreshes_at_once_one_succeeds(portal: Sandbox) -> None:
    token = pair(portal).refresh
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: refresh(portal, token).status, range(8)))
    assert sorted(statuses) == [200, *[400] * 7]
    assert portal.authority.refreshes == 1


def test_a_refresh_token_ends_after_180_days(portal: Sandbox) -> None:
    token = pair(portal).refresh
    portal.authority.tokens.advance(180 * 24 * 3600 + 1)
    assert refresh(portal, token).error == (400, "invalid_grant")


def test_26_a_wrong_client_is_told_with_status_200(portal: Sandbox) -> None:
    answer = refresh(portal, pair(portal).refresh, client_id="local.other.1")
    assert answer.error == (200, "wrong_client")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_secret": "wrong"}, (400, "invalid_client")),
        ({"grant_type": "password"}, (400, "invalid_request")),
        ({"grant_type": ""}, (400, "invalid_request")),
        ({"refresh_token": ""}, (400, "invalid_request")),
        ({"refresh_token": "made-up"}, (400, "invalid_grant")),
        ({"scope": "task,crm"}, (403, "invalid_scope")),
    ],
)
def test_a_wrong_refresh_is_refused_as_documented(
    portal: Sandbox, changed: dict[str, str], error: tuple[int, str]
) -> None:
    assert refresh(portal, pair(portal).refresh, **changed).error == error


def test_nothing_at_all_is_an_invalid_request(portal: Sandbox) -> None:
    assert ask(portal, by="GET").error == (400, "invalid_request")


def test_an_unpaid_application_is_refused(portal: Sandbox) -> None:
    tokens = pair(portal)
    portal.installation.paid = False
    assert refresh(portal, tokens.refresh).error == (401, "PAYMENT_REQUIRED")
    assert app_info(portal, tokens.access).error == (401, "PAYMENT_REQUIRED")
    assert call(portal, tokens.access, "profile").error == (401, "PAYMENT_REQUIRED")


@pytest.mark.parametrize("code", ["NOT_INSTALLED", "ERROR_OAUTH", "invalid_token"])
def test_any_refusal_can_be_rehearsed(portal: Sandbox, code: str) -> None:
    portal.oauth_faults.arm("refused_by_code", code=code)
    assert refresh(portal, pair(portal).refresh).error == (401, code)


def test_the_servers_troubles_are_its_own(portal: Sandbox) -> None:
    portal.oauth_faults.arm("html_503", method="app.info")
    tokens = pair(portal)
    assert call(portal, tokens.access, "profile").status == 200
    assert refresh(portal, tokens.refresh).status == 200
    assert app_info(portal, tokens.access).status == 503


def test_requests_are_recorded_without_secrets(portal: Sandbox) -> None:
    tokens = pair(portal)
    refresh(portal, tokens.refresh)
    app_info(portal, "made-up-token")
    first, second = portal.oauth_requests
    assert (first.method, first.status) == ("oauth.token", 200)
    assert first.params == {"grant_type": "refresh_token", "client_id": portal.app.client_id}
    assert (second.method, second.error, second.params) == ("app.info", "NO_AUTH_FOUND", {})


def test_app_info_tells_whose_a_token_is(portal: Sandbox) -> None:
    told = app_info(portal, pair(portal).access).result
    assert (told["client_id"], told["user_id"]) == (portal.app.client_id, LENA)
    assert told["install"]["member_id"] == portal.member_id
    assert told["install"]["domain"] == portal.domain
    assert told["install"]["client_endpoint"] == f"{portal.url}/rest/"
    assert told["install"]["installed"] is False


def test_app_info_refuses_what_is_no_living_token(portal: Sandbox) -> None:
    assert send(f"{portal.oauth_url}/rest/app.info").error == (401, "NO_AUTH_FOUND")
    assert app_info(portal, "made-up").error == (401, "NO_AUTH_FOUND")
    expired = pair(portal).access
    portal.authority.tokens.expire()
    assert app_info(portal, expired).error == (401, "expired_token")


def test_tokens_die_with_the_installation(portal: Sandbox) -> None:
    tokens = pair(portal)
    portal.apps.uninstall(portal.installation, clean=False)
    assert app_info(portal, tokens.access).error == (401, "NOT_INSTALLED")
    assert refresh(portal, tokens.refresh).error == (400, "invalid_client")
    assert call(portal, tokens.access, "profile").error == (401, "APPLICATION_NOT_FOUND")


def test_nothing_else_is_answered(portal: Sandbox) -> None:
    assert send(f"{portal.oauth_url}/rest/user.current").error == (404, "ERROR_METHOD_NOT_FOUND")
    assert send(f"{portal.oauth_url}/elsewhere").status == 404


@pytest.fixture
def neighbour(portal: Sandbox) -> Iterator[Sandbox]:
    """Another portal that has the same application from the same authorization server."""
    with Sandbox(authority=portal.authority, bucket="off") as other:
        yield other


def test_portals_share_the_server_and_nothing_else(portal: Sandbox, neighbour: Sandbox) -> None:
    assert neighbour.oauth_url == portal.oauth_url
    assert neighbour.member_id != portal.member_id
    assert neighbour.app.client_id == portal.app.client_id
    token = pair(neighbour).access
    assert app_info(portal, token).result["install"]["member_id"] == neighbour.member_id
    assert call(neighbour, token, "profile").status == 200
    assert call(portal, token, "profile").error == (401, "invalid_token")


def test_a_reset_spares_the_other_portal(portal: Sandbox, neighbour: Sandbox) -> None:
    ours, theirs = pair(portal).access, pair(neighbour).access
    neighbour.reset()
    assert call(portal, ours, "profile").status == 200
    assert call(neighbour, theirs, "profile").error == (401, "invalid_token")


def test_29_tokens_of_another_application_tell_so(portal: Sandbox) -> None:
    second = portal.apps.add(
        replace(portal.app, client_id="local.00000000000000.00000002", client_secret="x")
    )
    token = portal.authority.issue(second, LENA)
    assert app_info(portal, token.access).result["client_id"] == second.app.client_id
    assert refresh(portal, token.refresh).error == (400, "invalid_grant")
