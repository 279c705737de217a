"""The authorization server against the sandbox's, and against one that misbehaves."""

from __future__ import annotations

import traceback
from collections.abc import Iterator

import pytest

from sandbox.oauth.tokens import Code, Pair
from sandbox.server import Sandbox
from stages.bitrix24 import authorization_errors, errors, oauth
from stages.bitrix24.addresses import ANYWHERE
from stages.bitrix24.auth import GivenToken, SignedRequest, TokenAuth
from stages.bitrix24.authorization_errors import AuthorizationUnavailable, GrantRefused
from stages.bitrix24.client import Client
from stages.bitrix24.clock import Deadline
from stages.bitrix24.methods import task_stages, users
from stages.bitrix24.oauth import App, AuthorizationServer
from tests.bitrix24 import server as double
from tests.bitrix24.clock import FakeClock
from tests.bitrix24.server import Answer, Server

LENA = 2
SECRET = "hush-hush"
REFRESH = "r3fr3sh"


@pytest.fixture
def authority(sandbox: Sandbox, clock: FakeClock) -> Iterator[AuthorizationServer]:
    app = App(sandbox.app.client_id, sandbox.app.client_secret)
    server = AuthorizationServer(
        app=app, address=sandbox.oauth_url, addresses=ANYWHERE, clock=clock
    )
    yield server
    server.close()


def asking(address: str, *, clock: FakeClock, client_id: str = "local.1.2") -> AuthorizationServer:
    app = App(client_id, SECRET)
    return AuthorizationServer(app=app, address=address, addresses=ANYWHERE, clock=clock)


def a_code(sandbox: Sandbox) -> Code:
    return sandbox.authority.issue_code(sandbox.installation, LENA)


def a_pair(sandbox: Sandbox) -> Pair:
    return sandbox.authority.issue(sandbox.installation, LENA)


def test_a_code_is_exchanged_for_tokens_that_open_the_portal(
    sandbox: Sandbox, authority: AuthorizationServer
) -> None:
    tokens = authority.exchange(code=a_code(sandbox).value)
    assert tokens.base_url == sandbox.url
    assert (tokens.member_id, tokens.user_id) == (sandbox.member_id, LENA)
    assert tokens.expires_in == 3600
    auth = TokenAuth(tokens.base_url, GivenToken(tokens.access))
    with Client(auth=auth, addresses=ANYWHERE) as client:
        assert client.call(users.profile()).id == LENA
        assert client.batch([users.profile(), task_stages.get(entity_id=10)]).first_error is None


def test_a_refresh_brings_a_new_pair(sandbox: Sandbox, authority: AuthorizationServer) -> None:
    old = a_pair(sandbox)
    new = authority.refresh(refresh_token=old.refresh)
    assert new.access != old.access
    assert new.refresh != old.refresh
    assert authority.holder(access_token=new.access).user_id == LENA


def test_a_token_tells_whose_it_is(sandbox: Sandbox, authority: AuthorizationServer) -> None:
    holder = authority.holder(access_token=a_pair(sandbox).access)
    assert (holder.user_id, holder.member_id) == (LENA, sandbox.member_id)
    assert (holder.domain, holder.base_url) == (sandbox.domain, sandbox.url)
    assert holder.scopes == sandbox.app.scopes
    assert (holder.client_id, holder.status) == (sandbox.app.client_id, "L")


def test_a_code_is_good_once(sandbox: Sandbox, authority: AuthorizationServer) -> None:
    code = a_code(sandbox).value
    authority.exchange(code=code)
    with pytest.raises(GrantRefused):
        authority.exchange(code=code)


def test_an_old_code_is_refused(sandbox: Sandbox, authority: AuthorizationServer) -> None:
    code = a_code(sandbox).value
    sandbox.authority.tokens.advance(31)
    with pytest.raises(GrantRefused):
        authority.exchange(code=code)


def test_a_spent_refresh_token_is_refused(sandbox: Sandbox, authority: AuthorizationServer) -> None:
    pair = a_pair(sandbox)
    authority.refresh(refresh_token=pair.refresh)
    with pytest.raises(GrantRefused):
        authority.refresh(refresh_token=pair.refresh)


def test_a_wrong_secret_and_an_unknown_app_are_told_apart(
    sandbox: Sandbox, clock: FakeClock
) -> None:
    wrong = asking(sandbox.oauth_url, clock=clock, client_id=sandbox.app.client_id)
    with pytest.raises(authorization_errors.AppRefused):
        wrong.refresh(refresh_token=a_pair(sandbox).refresh)
    unknown = asking(sandbox.oauth_url, clock=clock)
    with pytest.raises(authorization_errors.UnknownApp):
        unknown.refresh(refresh_token=a_pair(sandbox).refresh)


def test_an_app_that_was_taken_away_or_not_paid_for(
    sandbox: Sandbox, authority: AuthorizationServer
) -> None:
    pair = a_pair(sandbox)
    sandbox.installation.paid = False
    with pytest.raises(errors.SubscriptionRequired):
        authority.refresh(refresh_token=pair.refresh)
    sandbox.apps.uninstall(sandbox.installation, clean=False)
    with pytest.raises(authorization_errors.AppRefused):
        authority.refresh(refresh_token=pair.refresh)
    with pytest.raises(errors.NotInstalled):
        authority.holder(access_token=pair.access)


def test_expired_and_invented_tokens_are_nobody_s(
    sandbox: Sandbox, authority: AuthorizationServer
) -> None:
    pair = a_pair(sandbox)
    sandbox.authority.tokens.expire()
    with pytest.raises(errors.ExpiredToken):
        authority.holder(access_token=pair.access)
    with pytest.raises(errors.CredentialsRefused):
        authority.holder(access_token="0" * 70)


def test_a_token_of_another_app_is_nobody_s(sandbox: Sandbox, clock: FakeClock) -> None:
    other = asking(sandbox.oauth_url, clock=clock)
    with pytest.raises(errors.InvalidToken):
        other.holder(access_token=a_pair(sandbox).access)


@pytest.mark.parametrize(
    "answer",
    [
        double.raw("<h1>Bad gateway</h1>", 502),
        double.raw("<h1>Hello</h1>"),
        double.raw("{}"),
        double.raw("[]"),
        double.raw('{"access_token": "", "refresh_token": "b"}'),
        double.raw("", 302, Location="https://elsewhere.example/"),
        double.refusal("QUERY_LIMIT_EXCEEDED", 503),
        double.hang_up,
        double.half,
    ],
)
def test_a_server_without_a_word_of_use_is_unavailable(answer: Answer, clock: FakeClock) -> None:
    with Server(answer) as server:
        authority = asking(f"http://127.0.0.1:{server.server_port}", clock=clock)
        with pytest.raises(AuthorizationUnavailable) as caught:
            authority.refresh(refresh_token=REFRESH)
        authority.close()
    assert caught.value.did_not_run
    printed = "".join(traceback.format_exception(caught.value))
    assert SECRET not in printed
    assert REFRESH not in printed


def test_nobody_there_is_unavailable(clock: FakeClock) -> None:
    with Server(double.result(1)) as gone:
        address = f"http://127.0.0.1:{gone.server_port}"
    with pytest.raises(AuthorizationUnavailable):
        asking(address, clock=clock).refresh(refresh_token="a")


@pytest.mark.parametrize("endpoint", ["http://p.example/rest/", "https://a:b@p.example/", "x", ""])
def test_a_portal_at_an_odd_address_is_not_believed(endpoint: str, clock: FakeClock) -> None:
    body = {"access_token": "a", "refresh_token": "b", "member_id": "m", "expires_in": 3600}
    with Server(double.raw(str({**body, "client_endpoint": endpoint}).replace("'", '"'))) as server:
        authority = asking(f"http://127.0.0.1:{server.server_port}", clock=clock)
        with pytest.raises(AuthorizationUnavailable):
            authority.exchange(code="c")
        authority.close()


def test_one_passing_failure_is_survived(sandbox: Sandbox, authority: AuthorizationServer) -> None:
    sandbox.oauth_faults.arm("reset_before")
    assert authority.refresh(refresh_token=a_pair(sandbox).refresh).user_id == LENA


@pytest.mark.parametrize("good_for_longer", [True, False])
def test_where_the_answer_was_lost_the_old_token_is_tried_once_more(
    sandbox: Sandbox, authority: AuthorizationServer, good_for_longer: bool
) -> None:
    sandbox.switches.set(old_refresh_token=good_for_longer)
    sandbox.oauth_faults.arm("reset_after")
    pair = a_pair(sandbox)
    if good_for_longer:
        assert authority.refresh(refresh_token=pair.refresh).user_id == LENA
    else:
        with pytest.raises(GrantRefused):
            authority.refresh(refresh_token=pair.refresh)
    assert len(sandbox.oauth_requests) == 2


def test_secrets_go_in_the_body_and_are_never_printed(
    sandbox: Sandbox, authority: AuthorizationServer
) -> None:
    tokens = authority.exchange(code=a_code(sandbox).value)
    auth = TokenAuth(tokens.base_url, GivenToken(tokens.access))
    request = auth.sign("profile", {"a": 1})
    assert request.url == f"{sandbox.url}/rest/profile"
    assert request.body == {"a": 1, "auth": tokens.access}
    shown = f"{tokens!r} {auth!r} {request!r} {authority!r} {authority.app!r}"
    for secret in (tokens.access, tokens.refresh, sandbox.app.client_secret):
        assert secret not in shown


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("oauth.bitrix24.tech", "https://oauth.bitrix24.tech"),
        ("https://oauth.bitrix24.tech/rest/", "https://oauth.bitrix24.tech"),
        ("https://oauth.bitrix.info/rest/", "https://oauth.bitrix.info"),
        ("http://oauth.bitrix24.tech/", "https://oauth.bitrix24.tech"),
        ("https://oauth.bitrix24.tech.evil.example/rest/", "https://oauth.bitrix.info"),
        ("https://oauth.bitrix24.tech@evil.example/", "https://oauth.bitrix.info"),
        ("https://[", "https://oauth.bitrix.info"),
        ("", "https://oauth.bitrix.info"),
    ],
)
def test_only_the_public_servers_are_ever_asked(told: str, address: str) -> None:
    assert oauth.public_server(told) == address


class Renewable:
    """Tokens that can be renewed so many times."""

    def __init__(self, *tokens: str) -> None:
        self.tokens = list(tokens)
        self.renewed: list[str] = []

    def current(self) -> str:
        return self.tokens[0]

    def renew(self, expired: str, deadline: Deadline) -> bool:  # noqa: ARG002 -- takes no time
        self.renewed.append(expired)
        if len(self.tokens) > 1:
            self.tokens.pop(0)
        return True


def test_an_expired_token_is_renewed_once_and_the_call_repeated(clock: FakeClock) -> None:
    expired, good = double.refusal("expired_token", 401), double.result({"ID": "2"})
    with Server(expired, good) as portal:
        tokens = Renewable("old", "new")
        auth = TokenAuth(f"http://127.0.0.1:{portal.server_port}", tokens)
        with Client(auth=auth, addresses=ANYWHERE, clock=clock) as client:
            assert client.call(users.profile()).id == LENA
    assert tokens.renewed == ["old"]
    assert [body["auth"] for _, body in portal.requests] == ["old", "new"]


def test_a_portal_that_calls_every_token_expired_is_asked_twice(clock: FakeClock) -> None:
    with Server(double.refusal("expired_token", 401)) as portal:
        auth = TokenAuth(f"http://127.0.0.1:{portal.server_port}", Renewable("old", "new"))
        with (
            Client(auth=auth, addresses=ANYWHERE, clock=clock) as client,
            pytest.raises(errors.ExpiredToken),
        ):
            client.call(users.profile())
    assert len(portal.requests) == 2


def test_a_token_that_was_only_given_is_not_renewed(clock: FakeClock) -> None:
    with Server(double.refusal("expired_token", 401)) as portal:
        auth = TokenAuth(f"http://127.0.0.1:{portal.server_port}", GivenToken("old"))
        with (
            Client(auth=auth, addresses=ANYWHERE, clock=clock) as client,
            pytest.raises(errors.ExpiredToken),
        ):
            client.call(users.profile())
    assert len(portal.requests) == 1
    assert not auth.renew(SignedRequest("", {"auth": "old"}), Deadline.within(1, clock))
