"""The watch for secrets in clear, which every test is under, sees what it is there for."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from secrets import token_hex, token_urlsafe

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore

from stages.models import Change, Credential, Portal
from tests.secrets_in_clear import WATCH

SECRETS = ["sandbox-lead", token_hex(35), f"ba_{token_urlsafe(32)}", "/rest/1/whatever/"]


@pytest.mark.parametrize("secret", SECRETS, ids=range(len(SECRETS)))
@pytest.mark.django_db
def test_a_secret_in_a_column_is_found(secret: str) -> None:
    portal = Portal.objects.create(slug="one", base_url="https://one.example")
    assert WATCH.taken() == []
    Change.objects.create(portal=portal, action="connect", after={"long": "x" * 500, "of": secret})
    assert "stages_change" in WATCH.taken()[0]
    Portal.objects.update(base_url=secret)
    Portal.objects.all().delete()
    assert "stages_portal" in WATCH.taken()[0]


@pytest.mark.django_db
def test_a_secret_in_a_session_is_found() -> None:
    session = SessionStore()
    session["token"] = token_hex(35)
    session.save()
    assert "django_session" in WATCH.taken()[0]


def test_a_secret_in_the_log_is_found_unless_the_products_filter_masks_it() -> None:
    logger = logging.getLogger("stages.anything")
    logger.info("asking https://one.example/rest/1/sandbox-lead/profile?auth=%s", token_hex(35))
    assert WATCH.taken() == []
    logger.info("the code is %s", "sandbox-lead")
    logging.getLogger("django.request").warning("the token is %s", token_hex(35))
    assert [found.partition(":")[0] for found in WATCH.taken()] == ["the log", "the log"]


@pytest.mark.django_db
def test_an_encrypted_secret_is_none_in_clear() -> None:
    Credential.objects.create(
        portal=Portal.objects.create(slug="one", base_url="https://one.example"),
        user=User.objects.create_user("bob"),
        kind=Credential.Kind.OAUTH,
        person_id=1,
        secret=token_hex(35),
        refresh_secret=token_hex(35),
        expires_at=datetime(2030, 1, 1, tzinfo=UTC),
    )
    Credential.objects.update(secret=token_hex(35))
    assert WATCH.taken() == []
