"""Connecting a portal anew: what is bound to the connection goes on, or ends with a word."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.bitrix24.oauth import App
from stages.models import ApiToken, Change, Credential, Share
from tests.web.connecting import PAGE, connect, own
from tests.web.signing_in import allow, begin, come_back
from tests.web.test_board_pages import text

ADA, LENA = 1, 2


@dataclass(frozen=True, slots=True)
class Bound:
    """What is bound to the connection by webhook that Ada has."""

    token: ApiToken
    share: Share

    def is_there(self) -> tuple[bool, bool]:
        """Tell whether the token is there, and whether the share is."""
        return (
            ApiToken.objects.filter(pk=self.token.pk, credential=own()).exists(),
            Share.objects.filter(pk=self.share.pk, credential=own()).exists(),
        )


@pytest.fixture
def both(alone: Client, sandbox: Sandbox, settings: Settings) -> Client:
    """Somebody without a connection, in an installation that has an app, too."""
    settings.BITRIX24_APP = App(sandbox.app.client_id, sandbox.app.client_secret)
    settings.BITRIX24_OAUTH_URL = sandbox.oauth_url
    settings.BITRIX24_APP_PORTAL = sandbox.url
    return alone


@pytest.fixture
def bound(both: Client, sandbox: Sandbox) -> Bound:
    connect(both, sandbox.webhook("admin"))
    bob = User.objects.create_user("bob")
    return Bound(
        ApiToken.objects.create(credential=own(), user=own().user, name="nightly", digest="d"),
        Share.objects.create(credential=own(), user=bob, level=Share.Level.EDITOR),
    )


def ended() -> set[tuple[str, str]]:
    """What the history says has ended."""
    found = Change.objects.filter(action__in=("unshare", "revoke_token"))
    return {(one.action, *(one.after or {}).values()) for one in found}


def test_a_new_webhook_of_the_same_person_changes_nothing_else(
    both: Client, sandbox: Sandbox, bound: Bound
) -> None:
    page = connect(both, sandbox.webhook("admin"))
    assert "has ended" not in page
    assert bound.is_there() == (True, True)


def test_a_sign_in_as_the_same_person_keeps_tokens_and_says_before_that_shares_end(
    both: Client, sandbox: Sandbox, bound: Bound
) -> None:
    question = begin(both)
    assert not question.goes_on_by_itself
    assert "What you share of it with bob ends" in question.page
    assert "(nightly) go on if you sign in as Ada Admin" in question.page
    assert bound.is_there() == (True, True)
    come_back(both, allow(sandbox, question, ADA))
    assert own().kind == Credential.Kind.OAUTH
    assert bound.is_there() == (True, False)
    assert ended() == {("unshare", "bob")}
    page = text(both.get(PAGE))
    assert "What you shared with bob has ended." in page
    assert "Revoked" not in page


def test_a_webhook_after_a_sign_in_of_the_same_person_keeps_tokens(
    both: Client, sandbox: Sandbox
) -> None:
    come_back(both, allow(sandbox, begin(both), ADA))
    token = ApiToken.objects.create(credential=own(), user=own().user, name="t", digest="d")
    connect(both, sandbox.webhook("admin"))
    assert (own().kind, own().refresh_secret) == (Credential.Kind.WEBHOOK, "")
    token.refresh_from_db()
    assert token.credential == own()
    assert both.get("/boards/group-10/").status_code == 200


@pytest.mark.parametrize("by", ["webhook", "sign-in"])
def test_somebody_elses_key_ends_everything_and_says_so(
    both: Client, sandbox: Sandbox, bound: Bound, by: str
) -> None:
    if by == "webhook":
        page = connect(both, sandbox.webhook("lead"))
    else:
        come_back(both, allow(sandbox, begin(both), LENA))
        page = text(both.get(PAGE))
    assert own().person_id == LENA
    assert bound.is_there() == (False, False)
    assert "What you shared with bob has ended. Revoked API tokens: nightly." in page
    assert ended() == {("unshare", "bob"), ("revoke_token", "nightly")}


def test_who_has_nothing_bound_is_led_to_the_portal_at_once(both: Client) -> None:
    assert begin(both).goes_on_by_itself
