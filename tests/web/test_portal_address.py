"""A portal that takes another name: nothing secret follows before somebody vouches for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.bitrix24.clock import SYSTEM, Deadline
from stages.models import Change, Credential, Portal
from stages.services import connections, tokens
from stages.services.tokens import StoredTokens
from tests import factories
from tests.web.conftest import Visit
from tests.web.test_board_pages import text
from tests.web.test_shares import signed_in

LENA = 2


@pytest.fixture
def deployed(sandbox: Sandbox, settings: Settings, db: None) -> Iterator[Sandbox]:  # noqa: ARG001 (for the rows)
    """A deployed installation, and a portal that is about to take another name."""
    settings.LOCAL = False
    settings.BITRIX24_WEBHOOK = None
    settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}
    yield sandbox
    connections.forget()


@pytest.fixture
def ada(deployed: Sandbox) -> Client:
    credential = factories.credential(deployed, "admin")
    credential.is_portal_admin = True
    credential.save()
    return signed_in(credential.user)


@pytest.fixture
def lena(deployed: Sandbox, app: Sandbox) -> Client:
    """Lena, who has signed in with Bitrix24, on a portal that has taken another name."""
    credential = factories.signed_in(deployed, LENA, "lena")
    Portal.objects.update(member_id=app.member_id)
    deployed.rename("127.0.0.1")
    return signed_in(credential.user)


def page() -> str:
    return f"/portals/{Portal.objects.get().slug}/address/"


def test_the_page_says_where_the_portal_went_and_nothing_was_sent_there(
    ada: Client, deployed: Sandbox
) -> None:
    deployed.rename("127.0.0.1")
    refused = ada.get("/boards/group-10/")
    assert refused.status_code == 502
    assert "has moved to 127.0.0.1" in text(refused)
    assert f'href="{page()}"' in text(refused)
    shown = text(ada.get(page()))
    assert deployed.domain in shown
    assert "no webhook and no token has been" in shown
    assert deployed.requests == []


def test_an_administrator_confirms_the_new_address(ada: Client, deployed: Sandbox) -> None:
    old = Portal.objects.get()
    deployed.rename("127.0.0.1")
    answer = ada.post(page(), {"base_url": f"http://{deployed.domain}"}, follow=True)
    assert f"The portal is {deployed.domain} from now on." in text(answer)
    assert "Website relaunch" in text(answer)
    now = Portal.objects.get()
    assert (now.pk, now.slug, now.host) == (old.pk, old.slug, deployed.domain)
    assert Change.objects.get().action == Change.Action.PORTAL_SETTINGS
    told = text(ada.get("/history/"))
    assert f"{old.host} → {deployed.domain}" in told


@pytest.mark.parametrize("base_url", ["https://evil.example", "http://127.0.0.1:9", ""])
def test_no_other_address_is_taken_than_the_portal_tells(
    ada: Client, deployed: Sandbox, base_url: str
) -> None:
    deployed.rename("127.0.0.1")
    answer = ada.post(page(), {"base_url": base_url})
    assert answer.status_code == 409
    assert "names another address by now" in text(answer)
    assert Portal.objects.get().host.startswith("localhost")
    assert deployed.requests == []


def test_an_address_that_may_not_be_called_is_not_taken(
    ada: Client, deployed: Sandbox, settings: Settings
) -> None:
    settings.PORTAL_HOSTS = {"localhost"}
    deployed.rename("127.0.0.1")
    answer = ada.post(page(), {"base_url": f"http://{deployed.domain}"})
    assert "not a public one" in text(answer)
    assert "Nothing was changed" in text(answer)
    assert Portal.objects.get().host.startswith("localhost")
    assert deployed.requests == []


@pytest.mark.usefixtures("ada")
def test_who_does_not_administer_cannot_confirm(deployed: Sandbox) -> None:
    lena = signed_in(factories.credential(deployed, "lead").user)
    deployed.rename("127.0.0.1")
    assert "has to confirm it here" in text(lena.get(page()))
    assert lena.post(page(), {"base_url": f"http://{deployed.domain}"}).status_code == 403
    User.objects.filter(username="lead").update(is_superuser=True)
    assert lena.post(page(), {"base_url": f"http://{deployed.domain}"}).status_code == 302


def test_a_portal_that_has_not_moved_has_nothing_to_confirm(ada: Client) -> None:
    answer = ada.get(page())
    assert answer.status_code == 409
    assert "tells of no other" in text(answer)


def test_two_portals_are_never_merged(ada: Client, deployed: Sandbox) -> None:
    address = page()
    deployed.rename("127.0.0.1")
    Portal.objects.create(slug="other", base_url=f"http://{deployed.domain}")
    answer = ada.post(address, {"base_url": f"http://{deployed.domain}"})
    assert "connected here as another portal" in text(answer)
    assert answer.status_code == 409


def test_the_webhook_of_the_installation_is_changed_by_who_runs_it(
    visit: Visit, sandbox: Sandbox
) -> None:
    client = visit("admin")
    assert client.get("/").status_code == 200
    first = Portal.objects.get()
    sandbox.rename("127.0.0.1")
    shown = text(client.post(page(), {"base_url": f"http://{sandbox.domain}"}))
    assert "start the installation again" in shown
    assert "sandbox-admin" not in shown
    assert Portal.objects.get(base_url=f"http://{sandbox.domain}").pk == first.pk


def test_the_authorization_server_vouches_for_a_new_address(
    lena: Client, deployed: Sandbox
) -> None:
    assert "authorization server of Bitrix24 says so, too" in text(lena.get(page()))
    answer = lena.post(page(), {"base_url": f"http://{deployed.domain}"}, follow=True)
    assert "Website relaunch" in text(answer)


def test_it_vouches_also_where_the_token_has_expired(
    lena: Client, deployed: Sandbox, app: Sandbox
) -> None:
    app.authority.tokens.expire()
    address = page()
    assert "authorization server of Bitrix24 says so, too" in text(lena.get(address))
    answer = lena.post(address, {"base_url": f"http://{deployed.domain}"}, follow=True)
    assert f"The portal is {deployed.domain} from now on." in text(answer)
    assert "Website relaunch" in text(answer)


def test_one_post_is_enough_where_the_token_has_expired(
    lena: Client, deployed: Sandbox, app: Sandbox
) -> None:
    app.authority.tokens.expire()
    answer = lena.post(page(), {"base_url": f"http://{deployed.domain}"}, follow=True)
    assert "Website relaunch" in text(answer)


def test_an_administrator_confirms_where_the_installation_has_no_app_any_more(
    lena: Client, settings: Settings
) -> None:
    Credential.objects.update(is_portal_admin=True)
    settings.BITRIX24_APP = None
    shown = text(lena.get(page()))
    assert "Nobody but the old address says so" in shown
    assert "Confirm it if you know it" in shown


@pytest.mark.usefixtures("lena")
def test_new_tokens_lead_to_the_new_address_by_themselves(deployed: Sandbox) -> None:
    stored = Credential.objects.get()
    assert StoredTokens(stored.pk).renew(tokens.secret(stored), Deadline.within(5, SYSTEM))
    assert Portal.objects.get().host == deployed.domain
