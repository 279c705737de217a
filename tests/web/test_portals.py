"""The page of the connections: testing, the plan, disconnecting."""

from __future__ import annotations

from cryptography.fernet import Fernet
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.models import ApiToken, Change, Credential, Portal, Share
from tests import factories
from tests.web.conftest import Visit
from tests.web.connecting import PAGE, connect, own
from tests.web.test_board_pages import text


def address(action: str) -> str:
    return f"{PAGE}{own().pk}/{action}/"


def test_whoever_has_no_portal_is_led_to_the_connections(alone: Client) -> None:
    answer = alone.get("/", follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "You are not connected to a portal yet" in text(answer)
    assert alone.get("/boards/group-10/").status_code == 404


def test_the_page_of_a_connection_from_the_settings(visit: Visit) -> None:
    client = visit("lead")
    page = text(client.get(PAGE))
    assert "webhook of the installation" in page
    assert "<dd>Lena Lead</dd>" in page
    assert "Disconnect" not in page
    assert client.post(address("disconnect")).status_code == 409
    page = text(client.post(address("test"), follow=True))
    assert "works, as Lena Lead." in page
    assert "Works" in page


def test_a_portal_that_is_down_keeps_nobody_from_the_page(visit: Visit, sandbox: Sandbox) -> None:
    client = visit("lead")
    sandbox.faults.arm("html", times=9)
    page = text(client.get(PAGE))
    assert "<dd>person 2</dd>" in page
    assert "Not tested yet" in page


def test_a_test_that_fails_switches_the_connection_off_until_one_works(
    alone: Client, sandbox: Sandbox
) -> None:
    connect(alone, sandbox.webhook("lead"))
    sandbox.portal.users[2].active = False
    answer = alone.post(address("test"))
    assert answer.status_code == 502
    page = text(answer)
    assert "does not let the connected person in" in page
    assert "Switched off" in page
    assert "The portal no longer lets this person in, or not into the app." in page
    refused = alone.get("/boards/group-10/")
    assert refused.status_code == 502
    assert "is switched off" in text(refused)
    assert f'href="{PAGE}"' in text(refused)
    sandbox.portal.users[2].active = True
    assert "works, as Lena Lead" in text(alone.post(address("test"), follow=True))
    assert alone.get("/boards/group-10/").status_code == 200


def test_a_webhook_deleted_on_the_portal_is_found_out_by_use(
    alone: Client, sandbox: Sandbox
) -> None:
    connect(alone, sandbox.webhook("lead"))
    sandbox.portal.webhooks.remove(sandbox.find_webhook("lead"))
    assert alone.get("/boards/group-10/").status_code == 502
    assert "it was deleted there" in text(alone.get(PAGE))


def test_a_resting_portal_is_asked_by_a_test(alone: Client, sandbox: Sandbox) -> None:
    connect(alone, sandbox.webhook("lead"))
    sandbox.faults.arm("html_200", times=30)
    for _ in range(3):
        assert alone.get("/boards/group-10/").status_code in (502, 503)
    assert alone.get("/boards/group-10/").status_code == 503
    sandbox.faults.clear()
    assert "works, as Lena Lead" in text(alone.post(address("test"), follow=True))


def test_the_plan_is_set_and_noted(alone: Client, sandbox: Sandbox) -> None:
    connect(alone, sandbox.webhook("lead"))
    alone.post(address("plan"), {"plan": "enterprise"})
    assert Portal.objects.get().plan == Portal.Plan.ENTERPRISE
    change = Change.objects.get(action=Change.Action.PORTAL_SETTINGS)
    assert change.after == {"plan": "Enterprise", "as": "Lena Lead"}
    assert alone.post(address("plan"), {"plan": "golden"}).status_code == 400


def test_only_an_administrator_says_which_plan_a_portal_has(
    alone: Client, sandbox: Sandbox, settings: Settings
) -> None:
    settings.LOCAL = False
    settings.PORTAL_HOSTS = {"localhost"}
    alone.force_login(User.objects.create_user("bob"))
    connect(alone, sandbox.webhook("lead"))
    assert "<select" not in text(alone.get(PAGE))
    assert alone.post(address("plan"), {"plan": "enterprise"}).status_code == 403
    connect(alone, sandbox.webhook("admin"))
    assert alone.post(address("plan"), {"plan": "enterprise"}).status_code == 302


def test_disconnecting_asks_and_deletes_everything_that_opens_the_portal(
    alone: Client, sandbox: Sandbox
) -> None:
    connect(alone, sandbox.webhook("lead"))
    bob = User.objects.create_user("bob")
    Share.objects.create(credential=own(), user=bob, level=Share.Level.VIEWER)
    ApiToken.objects.create(credential=own(), user=own().user, name="t", digest="d")
    assert f"Disconnect {sandbox.domain}?" in text(alone.get(address("disconnect")))
    assert Credential.objects.exists()
    page = text(alone.post(address("disconnect"), follow=True))
    assert f"Disconnected from {sandbox.domain}." in page
    assert not Credential.objects.exists()
    assert not Share.objects.exists()
    assert not ApiToken.objects.exists()
    change = Change.objects.get(action=Change.Action.DISCONNECT)
    assert change.after == {"by": "inbound webhook", "as": "Lena Lead"}
    assert alone.get("/boards/group-10/").status_code == 404


def test_a_lost_encryption_key_is_told_and_there_is_a_way_on(
    alone: Client, sandbox: Sandbox, settings: Settings
) -> None:
    connect(alone, sandbox.webhook("lead"))
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    refused = alone.get("/boards/group-10/")
    assert refused.status_code == 503
    assert "FIELD_ENCRYPTION_KEYS" in text(refused)
    assert "cannot be read with the installation" in text(alone.get(PAGE))
    assert alone.post(address("test")).status_code == 503
    assert alone.get(address("disconnect")).status_code == 200
    assert "Connected to" in connect(alone, sandbox.webhook("lead"))
    assert alone.get("/boards/group-10/").status_code == 200


def test_a_lost_key_does_not_keep_one_from_disconnecting(
    alone: Client, sandbox: Sandbox, settings: Settings
) -> None:
    connect(alone, sandbox.webhook("lead"))
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    assert alone.post(address("disconnect")).status_code == 302
    assert not Credential.objects.exists()


def test_the_connections_of_others_are_not_there(
    alone: Client, sandbox: Sandbox, settings: Settings
) -> None:
    settings.LOCAL = False
    theirs = factories.credential(sandbox, "lead")
    alone.force_login(User.objects.create_user("charlie"))
    assert sandbox.domain not in text(alone.get(PAGE))
    for action in ("test", "disconnect", "plan"):
        assert alone.post(f"{PAGE}{theirs.pk}/{action}/").status_code == 404
        assert alone.get(f"{PAGE}{theirs.pk}/{action}/").status_code == 404
    assert Credential.objects.filter(pk=theirs.pk).exists()


def test_with_several_portals_the_bare_addresses_ask_which(alone: Client, sandbox: Sandbox) -> None:
    connect(alone, sandbox.webhook("lead"))
    connect(alone, sandbox.webhook("lead").replace("localhost", "127.0.0.1"))
    page = text(alone.get("/boards/group-10/?as_admin=0"))
    slugs = sorted(Portal.objects.values_list("slug", flat=True))
    assert len(slugs) == 2
    for slug in slugs:
        assert f'href="/p/{slug}/boards/group-10/?as_admin=0"' in page
        assert alone.get(f"/p/{slug}/boards/group-10/").status_code == 200
        assert f'href="/p/{slug}/"' in text(alone.get(PAGE))
    assert alone.post("/boards/group-10/stages/1/move/", {"after_id": 0}).status_code == 404


def test_what_others_have_lent_is_shown_as_theirs(
    alone: Client, sandbox: Sandbox, settings: Settings
) -> None:
    connect(alone, sandbox.webhook("lead"))
    settings.LOCAL = False
    bob = User.objects.create_user("bob")
    Share.objects.create(credential=own(), user=bob, level=Share.Level.VIEWER, group_ids=[10])
    alone.force_login(bob)
    page = text(alone.get(PAGE))
    assert "Shared with you" in page
    assert "with the rights of Lena Lead" in page
    assert f'href="/p/{own().portal.slug}/"' in page
    assert "not connected to a portal yet" not in page
    assert "Disconnect" not in page
