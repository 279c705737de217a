from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
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


def test_signing_in_and_out_lead_somewhere(visit: Visit, settings: Settings) -> None:
    client = visit("lead")
    settings.LOCAL = False
    User.objects.create_superuser("alice", password="correct horse")
    answer = client.post(
        "/accounts/login/", {"username": "alice", "password": "correct horse"}, follow=True
    )
    assert answer.redirect_chain == [("/", 302)]
    assert "Sign out" in text(answer)
    answer = client.post("/accounts/logout/", follow=True)
    assert answer.redirect_chain == [("/accounts/login/", 302)]
    assert "Sign out" not in text(answer)


def test_a_drop_of_somebody_signed_out_says_so_and_leaves_the_board(
    visit: Visit, settings: Settings
) -> None:
    client = visit("lead")
    settings.LOCAL = False
    answer = client.post("/boards/group-10/stages/1/move/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Reswap"]) == (401, "none")
    assert "signed out" in text(answer)


def test_only_administrators_use_the_one_connection_of_a_deployed_installation(
    visit: Visit, settings: Settings
) -> None:
    client = visit("lead")
    settings.LOCAL = False
    client.force_login(User.objects.create_user("charlie"))
    assert client.get("/").status_code == 403
    client.force_login(User.objects.create_superuser("alice"))
    assert client.get("/").status_code == 200


def test_who_has_no_connection_finds_no_page(visit: Visit, settings: Settings) -> None:
    client = visit("lead")
    settings.BITRIX24_WEBHOOK = None
    response = client.get("/")
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
