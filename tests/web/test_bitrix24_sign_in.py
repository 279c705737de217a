"""Signing in with Bitrix24: to the portal, back with a code, and what may go wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.models import Change, Credential, Portal
from stages.services import connections
from tests.bitrix24 import server as double
from tests.web.signing_in import allow, begin, come_back
from tests.web.test_board_pages import text
from tests.web.test_pause_pages import fill_bucket

LENA, MAX = 2, 3
PAGE = "/portals/"


@pytest.fixture
def browser(app: Sandbox, settings: Settings, db: None) -> Iterator[Client]:  # noqa: ARG001 (for the rows)
    """Somebody in a local installation that has the sandbox's app and no webhook."""
    settings.BITRIX24_WEBHOOK = None
    settings.BITRIX24_TIMEOUT = 2
    yield Client(headers={"host": "127.0.0.1:8000"})
    connections.forget()


def test_a_person_signs_in_and_acts_on_the_portal_with_their_rights(
    app: Sandbox, browser: Client
) -> None:
    back = allow(app, begin(browser))
    assert back.startswith("/embed/?code=")
    answer = browser.get(back, follow=True)
    assert answer.redirect_chain[-1] == (PAGE, 302)
    page = text(answer)
    assert f"Connected to {app.domain}, as Lena Lead." in page
    assert "sign-in with Bitrix24" in page
    found = Credential.objects.select_related("portal").get()
    assert (found.kind, found.person_id, found.person_name) == ("oauth", LENA, "Lena Lead")
    assert set(found.scopes) == app.app.scopes
    assert found.portal.member_id == app.member_id
    assert found.portal.authorization_server == app.authority.endpoint
    assert browser.get("/boards/group-10/").status_code == 200
    assert app.requests[-1].person == LENA
    assert Change.objects.get().after == {"by": "app", "as": "Lena Lead"}


def test_a_sign_in_keeps_to_the_limit_of_a_known_portal(app: Sandbox, browser: Client) -> None:
    come_back(browser, allow(app, begin(browser)))
    app.clear_requests()
    fill_bucket(40)
    answer = come_back(browser, allow(app, begin(browser)))
    assert answer.status_code == 503
    assert "slow down" in text(answer)
    assert app.requests == []


def test_an_expired_token_is_renewed_without_a_word(app: Sandbox, browser: Client) -> None:
    come_back(browser, allow(app, begin(browser)))
    app.authority.tokens.expire()
    assert browser.get("/boards/group-10/").status_code == 200
    assert app.authority.refreshes == 1


def test_a_sign_in_that_has_run_out_leads_to_a_new_one(app: Sandbox, browser: Client) -> None:
    come_back(browser, allow(app, begin(browser)))
    app.authority.tokens.advance(181 * 24 * 3600)
    refused = browser.get("/boards/group-10/")
    assert refused.status_code == 502
    assert "sign-in with Bitrix24 has run out" in text(refused)
    assert f'href="{PAGE}"' in text(refused)
    page = text(browser.get(PAGE))
    assert "Switched off" in page
    assert "Sign in with Bitrix24 again below" in page
    come_back(browser, allow(app, begin(browser)))
    assert browser.get("/boards/group-10/").status_code == 200


def test_a_state_is_good_once(app: Sandbox, browser: Client) -> None:
    question = begin(browser)
    assert come_back(browser, allow(app, question)).status_code == 302
    answer = come_back(browser, allow(app, question, MAX))
    assert answer.status_code == 409
    assert "not begun in this browser, has been used" in text(answer)
    assert Credential.objects.get().person_id == LENA


def test_a_state_of_another_browser_is_refused(app: Sandbox, browser: Client) -> None:
    """Somebody sends a victim their own way back, to be acted through later."""
    attacker = Client(headers={"host": "127.0.0.1:8000"})
    back = allow(app, begin(attacker), MAX)
    begin(browser)
    asked = len(app.oauth_requests)
    assert come_back(browser, back).status_code == 409
    assert len(app.oauth_requests) == asked
    assert not Credential.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "code=1", "code=1&state=", "state=x&code=%00", "state=é&code=1"]
)
def test_a_way_back_without_a_state_is_refused(browser: Client, query: str) -> None:
    begin(browser)
    assert browser.get(f"{PAGE}signed-in/?{query}").status_code == 409


def test_an_old_sign_in_is_refused(app: Sandbox, browser: Client) -> None:
    back = allow(app, begin(browser))
    session = browser.session
    session["sign_ins"] = [(state, url, at - 901) for state, url, at in session["sign_ins"]]
    session.save()
    assert come_back(browser, back).status_code == 409


@pytest.mark.parametrize("code", ["", "0123456789abcdef"])
def test_a_wrong_code_connects_nothing(app: Sandbox, browser: Client, code: str) -> None:
    state = begin(browser).state
    answer = come_back(browser, f"/embed/?code={code}&state={state}&domain={app.domain}")
    assert answer.status_code == 502
    assert "Nothing was connected." in text(answer)
    assert "Try again" not in text(answer)
    assert not Credential.objects.exists()


def test_a_code_that_is_too_old_connects_nothing(app: Sandbox, browser: Client) -> None:
    back = allow(app, begin(browser))
    app.authority.tokens.advance(31)
    assert "has run out" in text(come_back(browser, back))


def test_the_domain_in_the_address_is_not_believed(app: Sandbox, browser: Client) -> None:
    question = begin(browser)
    code = parse_qs(urlsplit(allow(app, question)).query)["code"][0]
    with double.Server(double.result(1)) as evil:
        host = f"127.0.0.1:{evil.server_port}"
        told = f"domain={host}&member_id=evil&server_domain={host}"
        answer = browser.get(f"/embed/?code={code}&state={question.state}&{told}", follow=True)
        assert evil.requests == []
    assert "as Lena Lead" in text(answer)
    assert Portal.objects.get().base_url == app.url


def test_tokens_of_another_portal_than_the_one_begun_at_are_refused(
    app: Sandbox, browser: Client, settings: Settings
) -> None:
    settings.BITRIX24_APP_PORTAL = ""
    question = begin(browser, "other.bitrix24.com")
    pair = app.authority.issue_code(app.installation, LENA)
    answer = come_back(browser, f"/embed/?code={pair.value}&state={question.state}")
    assert answer.status_code == 409
    assert f"You began to sign in to other.bitrix24.com and came back from {app.domain}" in text(
        answer
    )
    assert not Credential.objects.exists()


def test_where_the_app_is_for_any_portal_its_address_is_asked_for(
    app: Sandbox, browser: Client, settings: Settings
) -> None:
    settings.BITRIX24_APP_PORTAL = ""
    assert "Address of your portal" in text(browser.get(PAGE))
    assert browser.post(f"{PAGE}sign-in/", {"portal": ""}).status_code == 400
    for typed in ("http://portal.example", "https://a:b@portal.example", "a b", "javascript:x"):
        answer = browser.post(f"{PAGE}sign-in/", {"portal": typed})
        assert answer.status_code == 400, typed
        assert "This is no portal" in text(answer)
    page = text(browser.post(f"{PAGE}sign-in/", {"portal": " https://Portal.Example/company/ "}))
    assert "https://portal.example/oauth/authorize/?client_id=" in page
    back = allow(app, begin(browser, app.url))
    assert "as Lena Lead" in text(browser.get(back, follow=True))


def test_without_an_app_nobody_is_offered_to_sign_in(browser: Client, settings: Settings) -> None:
    settings.BITRIX24_APP = None
    assert "Sign in with Bitrix24" not in text(browser.get(PAGE))
    assert browser.post(f"{PAGE}sign-in/", {"portal": "p.example"}).status_code == 404


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("html", "authorization server cannot be reached"),
        ("html_200", "authorization server cannot be reached"),
        ("late_answer", "authorization server cannot be reached"),
        ("reset_before", "authorization server cannot be reached"),
        ("moved", "authorization server cannot be reached"),
    ],
)
def test_an_authorization_server_in_trouble_is_told(
    app: Sandbox, browser: Client, fault: str, says: str
) -> None:
    back = allow(app, begin(browser))
    app.oauth_faults.arm(fault, times=9, seconds=3)
    answer = come_back(browser, back)
    assert answer.status_code == 502
    assert says in text(answer)
    assert "Nothing was connected" in text(answer)
    assert app.app.client_secret not in text(answer)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("invalid_client", "does not take the app"),
        ("wrong_client", "does not know the app"),
        ("invalid_scope", "lacks a permission"),
        ("PAYMENT_REQUIRED", "subscription does not cover"),
        ("NOT_INSTALLED", "not installed on the portal"),
        ("ERROR_OAUTH", "not installed on the portal"),
        ("invalid_request", "make sense of our request"),
    ],
)
def test_each_refusal_of_the_authorization_server_has_words(
    app: Sandbox, browser: Client, code: str, says: str
) -> None:
    back = allow(app, begin(browser))
    app.oauth_faults.arm("refused_by_code", code=code, status=400)
    answer = come_back(browser, back)
    assert answer.status_code == 502
    assert says in text(answer)


def test_a_portal_in_trouble_is_told_and_nothing_stored(app: Sandbox, browser: Client) -> None:
    back = allow(app, begin(browser))
    app.faults.arm("html", times=9)
    answer = come_back(browser, back)
    assert answer.status_code == 502
    assert "The portal failed" in text(answer)
    assert not Credential.objects.exists()


def test_an_app_without_tasks_connects_nothing(app: Sandbox, browser: Client) -> None:
    app.app.scopes = frozenset({"sonet_group", "user_brief"})
    assert "no right to tasks" in text(come_back(browser, allow(app, begin(browser))))
    assert not Credential.objects.exists()


def test_deployed_the_way_back_takes_somebody_signed_in(
    app: Sandbox, browser: Client, settings: Settings
) -> None:
    settings.LOCAL = False
    settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}
    alice = User.objects.create_user("alice")
    browser.force_login(alice)
    back = allow(app, begin(browser))
    stranger = come_back(Client(headers={"host": "127.0.0.1:8000"}), back)
    assert stranger.headers["Location"].startswith("/accounts/login/?next=")
    assert not Credential.objects.exists()
    assert come_back(browser, back).headers["Location"] == PAGE
    assert Credential.objects.get().user == alice


def test_the_scope_of_the_token_s_answer_is_not_believed(app: Sandbox, browser: Client) -> None:
    app.switches.set(token_scope_app=True)
    come_back(browser, allow(app, begin(browser)))
    assert set(Credential.objects.get().scopes) == app.app.scopes
