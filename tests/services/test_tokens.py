"""Tokens are renewed when they have expired, once for all who share them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection as database
from django.db.models.functions import Now
from django.utils import timezone
from pytest_django.fixtures import Settings

from sandbox.oauth.tokens import Pair
from sandbox.server import Sandbox
from stages.bitrix24 import errors
from stages.bitrix24.authorization_errors import (
    AuthorizationSlow,
    AuthorizationUnavailable,
    GrantRefused,
)
from stages.bitrix24.clock import SYSTEM, Deadline
from stages.bitrix24.methods import task_stages
from stages.domain.actor import Actor
from stages.models import Credential, PortalPace
from stages.services import connections, words
from tests import factories, portal
from tests.bitrix24 import server as double
from tests.bitrix24.server import Handler
from tests.services import pacing
from tests.services.asking import call
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)

LENA = 2


@pytest.fixture
def credential(app: Sandbox, settings: Settings) -> Iterator[Credential]:
    settings.BITRIX24_TIMEOUT = 5
    yield factories.signed_in(app, LENA)
    connections.forget()


def reply(app: Sandbox, access: str, refresh: str) -> double.Answer:
    """What an authorization server answers that gives these tokens."""
    return double.raw(
        json.dumps(
            {
                "access_token": access,
                "refresh_token": refresh,
                "expires_in": 3600,
                "client_endpoint": f"{app.url}/rest/",
                "member_id": app.member_id,
            }
        )
    )


def pair_of(app: Sandbox, credential: Credential) -> Pair | None:
    return app.authority.tokens.by_access(credential.secret)


def refreshes(app: Sandbox) -> list[int]:
    """The HTTP statuses of what the authorization server was asked for tokens."""
    return [one.status for one in app.oauth_requests if one.method == "oauth.token"]


def test_a_good_token_is_not_renewed(app: Sandbox, credential: Credential) -> None:
    assert call(credential) == LENA
    assert refreshes(app) == []


def test_an_expired_token_is_renewed_and_the_new_pair_stored(
    app: Sandbox, credential: Credential
) -> None:
    before = credential.refresh_secret
    app.authority.tokens.expire()
    assert call(credential) == LENA
    assert call(credential) == LENA
    assert refreshes(app) == [200]
    credential.refresh_from_db()
    pair = pair_of(app, credential)
    assert pair
    assert credential.refresh_secret == pair.refresh != before
    assert credential.renewing_until is None
    assert credential.expires_at
    assert credential.expires_at - timezone.now() > timedelta(minutes=59)
    assert credential.portal.authorization_server == app.authority.endpoint


def test_eight_threads_that_meet_one_expired_token_renew_it_once(
    app: Sandbox, credential: Credential
) -> None:
    app.authority.tokens.expire()
    app.oauth_faults.arm("slow", seconds=0.3, times=8)
    assert together([lambda: call(credential)] * 8) == [LENA] * 8
    assert refreshes(app) == [200]
    assert app.authority.refreshes == 1


def test_processes_that_meet_one_expired_token_renew_it_once(
    app: Sandbox, credential: Credential
) -> None:
    app.authority.tokens.expire()
    app.oauth_faults.arm("slow", seconds=0.3, times=8)
    settings = {
        "BITRIX24_CLIENT_ID": app.app.client_id,
        "BITRIX24_CLIENT_SECRET": app.app.client_secret,
        "BITRIX24_OAUTH_URL": app.oauth_url,
    }
    run = pacing.run(app, credential, processes=2, calls=4, **settings)
    assert run.done == 4
    assert app.authority.refreshes == 1


def test_the_row_is_free_while_the_server_is_asked(
    app: Sandbox, credential: Credential, settings: Settings
) -> None:
    new = app.authority.issue(app.installation, LENA)
    asked, wrote = threading.Event(), threading.Event()

    def answer(handler: Handler) -> None:
        asked.set()
        assert wrote.wait(4), "the row was locked"
        reply(app, new.access, new.refresh)(handler)

    def write() -> int:
        assert asked.wait(4)
        Credential.objects.filter(pk=credential.pk).update(person_name="Lena")
        wrote.set()
        return LENA

    old = pair_of(app, credential)
    assert old
    old.expires_at = 0
    with double.Server(answer) as server:
        settings.BITRIX24_OAUTH_URL = f"http://127.0.0.1:{server.server_port}"
        assert together([lambda: call(credential), write]) == [LENA, LENA]
    credential.refresh_from_db()
    assert (credential.secret, credential.person_name) == (new.access, "Lena")


def test_whoever_waits_too_long_is_told_so(
    app: Sandbox, credential: Credential, settings: Settings
) -> None:
    settings.BITRIX24_TIMEOUT = 1
    lease = timezone.now() + timedelta(minutes=1)
    Credential.objects.update(renewing_until=lease)
    app.authority.tokens.expire()
    with pytest.raises(AuthorizationUnavailable):
        call(credential)
    assert refreshes(app) == []


def rename(app: Sandbox, credential: Credential, *, seconds: float) -> None:
    """Send an edit, as part of an operation that may take so long."""
    found = Credential.objects.select_related("portal").get(pk=credential.pk)
    connection = connections.use(credential=found, actor=Actor(found.user_id, "lead"))
    stage = portal.stage_id(app, "group-10", "Review")
    command = task_stages.update(stage_id=stage, title="Too late")
    connection.until(Deadline.within(seconds, SYSTEM)).client.call(command)


def test_nothing_is_sent_where_new_tokens_took_the_time_of_the_operation(
    app: Sandbox, credential: Credential
) -> None:
    app.authority.tokens.expire()
    app.oauth_faults.arm("slow", seconds=2.2, times=1)
    with pytest.raises(AuthorizationSlow) as refused:
        rename(app, credential, seconds=2)
    assert refused.value.did_not_run
    assert "authorization server" in words.explain(refused.value).message
    assert "Too late" not in portal.titles(app, "group-10")
    assert [one.status for one in app.requests] == [401]
    assert refreshes(app) == [200], "an answer that is lost would cost the sign-in"
    assert call(credential) == LENA
    assert refreshes(app) == [200]


def test_who_waits_for_new_tokens_waits_no_longer_than_the_operation_lasts(
    app: Sandbox, credential: Credential
) -> None:
    Credential.objects.update(renewing_until=Now() + timedelta(seconds=3))
    app.authority.tokens.expire()
    with pytest.raises(AuthorizationSlow):
        rename(app, credential, seconds=2)
    assert refreshes(app) == []
    assert [one.status for one in app.requests] == [401]


def test_a_lease_ends_by_the_databases_clock(
    app: Sandbox, credential: Credential, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This machine's clock is an hour ahead of that of the one that renews."""
    settings.BITRIX24_TIMEOUT = 1
    Credential.objects.update(renewing_until=Now() + timedelta(minutes=1))
    app.authority.tokens.expire()
    ahead = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: ahead)
    with pytest.raises(AuthorizationUnavailable):
        call(credential)
    assert refreshes(app) == []


def test_the_lease_of_a_process_that_died_ends(app: Sandbox, credential: Credential) -> None:
    Credential.objects.update(renewing_until=timezone.now() - timedelta(seconds=1))
    app.authority.tokens.expire()
    assert call(credential) == LENA


def test_a_sign_in_that_has_run_out_switches_the_credential_off(
    app: Sandbox, credential: Credential
) -> None:
    pair = pair_of(app, credential)
    assert pair
    pair.refreshed = True
    app.authority.tokens.expire()
    with pytest.raises(GrantRefused):
        call(credential)
    credential.refresh_from_db()
    assert credential.disabled_reason == "The sign-in has run out, or was replaced by another one."
    assert credential.renewing_until is None


def test_a_server_that_is_down_switches_nothing_off(app: Sandbox, credential: Credential) -> None:
    app.authority.tokens.expire()
    app.oauth_faults.arm("html", times=5)
    with pytest.raises(AuthorizationUnavailable):
        call(credential)
    credential.refresh_from_db()
    assert (credential.disabled_reason, credential.renewing_until) == ("", None)
    assert not PortalPace.objects.filter(dead_answers__gt=0).exists()
    app.oauth_faults.clear()
    assert call(credential) == LENA


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("dismissed", "The portal no longer lets this person in, or not into the app."),
        ("denied", "The portal no longer lets this person in, or not into the app."),
        ("uninstalled", "The app is no longer installed on the portal."),
        ("unknown", "The portal no longer knows the sign-in."),
    ],
)
def test_what_the_portal_refuses_for_good_switches_the_credential_off(
    app: Sandbox, credential: Credential, trouble: str, reason: str
) -> None:
    match trouble:
        case "dismissed":
            app.portal.users[LENA].active = False
        case "denied":
            app.installation.without_access.add(LENA)
        case "uninstalled":
            app.apps.uninstall(app.installation, clean=False)
        case _:
            app.authority.tokens.pairs.clear()
    with pytest.raises(errors.CredentialsRefused):
        call(credential)
    credential.refresh_from_db()
    assert credential.disabled_reason == reason


def test_a_connection_made_anew_meanwhile_is_not_overwritten(
    app: Sandbox, credential: Credential, settings: Settings
) -> None:
    """The row gets a webhook while the server is asked for tokens: the tokens are dropped."""

    def answer(handler: Handler) -> None:
        Credential.objects.filter(pk=credential.pk).update(
            kind=Credential.Kind.WEBHOOK, secret="sandbox-lead", renewing_until=None
        )
        database.close()
        reply(app, "a", "b")(handler)

    app.authority.tokens.expire()
    with double.Server(answer) as server:
        settings.BITRIX24_OAUTH_URL = f"http://127.0.0.1:{server.server_port}"
        with pytest.raises(errors.Bitrix24Error):
            call(credential)
    credential.refresh_from_db()
    assert credential.secret == "sandbox-lead"
