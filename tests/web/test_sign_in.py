from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from stages.models import Portal
from tests.web.conftest import Visit
from tests.web.test_board_pages import text


def test_a_local_installation_knows_its_visitor(visit: Visit) -> None:
    assert visit("lead").get("/").status_code == 200
    user = User.objects.get()
    assert (user.username, user.is_superuser, user.has_usable_password()) == ("admin", True, False)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.1:8000"])
def test_a_local_installation_answers_loopback_names_only(visit: Visit, host: str) -> None:
    visit("lead")
    assert Client(headers={"host": host}).get("/").status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_a_local_installation_answers_every_loopback_name(visit: Visit, host: str) -> None:
    visit("lead")
    assert Client(headers={"host": host}).get("/").status_code == 200


def test_a_deployed_installation_asks_for_a_sign_in(visit: Visit, settings: Settings) -> None:
    client = visit("lead")
    settings.LOCAL = False
    response = client.get("/boards/group-10/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=/boards/group-10/"
    assert "Sign in" in text(client.get("/accounts/login/"))
    assert client.get("/healthz").status_code == 200


@pytest.fixture
def deployed(visit: Visit, settings: Settings) -> Client:
    """A deployed installation with Lena's webhook, where nobody has signed in yet."""
    client = visit("lead")
    settings.LOCAL = False
    return client


def sign_in(client: Client, name: str, password: str, **more: Any) -> Any:
    return client.post("/accounts/login/", {"username": name, "password": password}, **more)


def test_signing_in_and_out_lead_somewhere(deployed: Client) -> None:
    User.objects.create_superuser("alice", password="correct horse")
    answer = sign_in(deployed, "alice", "correct horse", follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Sign out" in text(answer)
    answer = deployed.post("/accounts/logout/", follow=True)
    assert answer.redirect_chain == [("/accounts/login/", 302)]
    assert "Sign out" not in text(answer)


def test_signing_in_leads_back_to_the_page_and_to_no_other_site(deployed: Client) -> None:
    User.objects.create_superuser("alice", password="correct horse")
    wanted = deployed.get("/accounts/login/?next=/boards/group-10/")
    assert 'name="next" value="/boards/group-10/"' in text(wanted)
    for target, leads_to in [("/history/", "/history/"), ("https://evil.example/", "/")]:
        fields = {"username": "alice", "password": "correct horse", "next": target}
        answer = deployed.post("/accounts/login/", fields)
        assert answer.headers["Location"] == leads_to
        deployed.post("/accounts/logout/")


def test_guessing_a_password_is_throttled_by_name_and_address(
    deployed: Client, settings: Settings
) -> None:
    settings.TRUSTED_PROXY_HEADER = "X-Forwarded-For"
    for name in ("alice", "bob"):
        User.objects.create_superuser(name, password="correct horse")
    here = {"headers": {"X-Forwarded-For": "10.9.9.9, 203.0.113.7"}}
    for _ in range(4):
        assert "correct username" in text(sign_in(deployed, "alice", "guess", **here))
    assert sign_in(deployed, "alice", "guess", **here).status_code == 429
    refused = sign_in(deployed, "alice", "correct horse", **here)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "900")
    assert "Too many wrong passwords" in text(refused)
    assert "15 minutes" in text(refused)
    # What the visitor puts before the proxy's own word changes nothing.
    forged = {"headers": {"X-Forwarded-For": "10.1.1.1, 203.0.113.7"}}
    assert sign_in(deployed, "alice", "correct horse", **forged).status_code == 429
    assert sign_in(deployed, "bob", "correct horse", **here).status_code == 302
    deployed.post("/accounts/logout/")
    elsewhere = {"headers": {"X-Forwarded-For": "203.0.113.8"}}
    assert sign_in(deployed, "alice", "correct horse", **elsewhere).status_code == 302
    assert "guess" not in str(list(AccessAttempt.objects.values_list()))


def test_a_throttled_name_is_free_after_a_quarter_of_an_hour(deployed: Client) -> None:
    User.objects.create_superuser("alice", password="correct horse")
    for _ in range(5):
        sign_in(deployed, "alice", "guess")
    assert sign_in(deployed, "alice", "correct horse").status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(deployed, "alice", "correct horse").status_code == 302


def test_a_session_ends_by_itself(deployed: Client) -> None:
    User.objects.create_superuser("alice", password="correct horse")
    sign_in(deployed, "alice", "correct horse")
    assert deployed.get("/").status_code == 200
    assert deployed.session.get_expiry_age() == 12 * 3600
    Session.objects.update(expire_date=timezone.now())
    assert deployed.get("/").headers["Location"] == "/accounts/login/?next=/"


def test_changing_the_password_signs_out_other_browsers(deployed: Client) -> None:
    User.objects.create_superuser("alice", password="correct horse")
    other = Client(headers={"host": "127.0.0.1:8000"})
    for browser in (deployed, other):
        sign_in(browser, "alice", "correct horse")
    fields = {"old_password": "correct horse", "new_password1": "short", "new_password2": "short"}
    assert "too short" in text(deployed.post("/accounts/password/", fields))
    fields["new_password1"] = fields["new_password2"] = "better horse battery"
    answer = deployed.post("/accounts/password/", fields, follow=True)
    assert "Your password is changed" in text(answer)
    assert deployed.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_a_drop_of_somebody_signed_out_says_so_and_leaves_the_board(
    visit: Visit, settings: Settings
) -> None:
    client = visit("lead")
    settings.LOCAL = False
    answer = client.post("/boards/group-10/stages/1/move/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Reswap"]) == (401, "none")
    assert "signed out" in text(answer)


def test_signing_in_opens_no_portal(deployed: Client) -> None:
    deployed.force_login(User.objects.create_user("charlie"))
    answer = deployed.get("/rpa/")
    assert answer.status_code == 404
    assert "You have no connection" in text(answer)
    deployed.force_login(User.objects.create_superuser("alice"))
    assert deployed.get("/").status_code == 200


def test_who_has_no_connection_finds_no_page(visit: Visit, settings: Settings) -> None:
    client = visit("lead")
    settings.BITRIX24_WEBHOOK = None
    response = client.get("/rpa/")
    assert response.status_code == 404
    assert "You have no connection" in text(response)


def test_the_portal_may_stand_in_the_address(visit: Visit) -> None:
    client = visit("lead")
    client.get("/")
    slug = Portal.objects.get().slug
    page = client.get(f"/p/{slug}/")
    assert f'href="/p/{slug}/boards/group-10/"' in text(page)
    assert 'href="/boards/group-10/"' in text(client.get("/"))
    assert client.get("/p/another/").status_code == 404


def test_the_health_addresses_answer(visit: Visit) -> None:
    client = visit("lead")
    assert text(client.get("/healthz")) == "ok\n"
    assert text(client.get("/readyz")) == "ok\n"
