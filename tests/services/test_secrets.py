"""Secrets are stored encrypted, and never handed out as they are stored."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from django.db import connection as database
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.bitrix24.methods import users
from stages.domain.actor import Actor
from stages.models import Credential
from stages.models.fields import WrongKey
from stages.services import connections
from stages.services.refusals import Refusal
from tests import factories

pytestmark = pytest.mark.django_db


def as_stored() -> str:
    with database.cursor() as cursor:
        cursor.execute("SELECT secret FROM stages_credential")
        return str(cursor.fetchone()[0])


def lose_the_key(settings: Settings) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]


def test_the_database_has_no_secret_in_clear(sandbox: Sandbox) -> None:
    factories.credential(sandbox, "lead")
    assert "sandbox-lead" not in as_stored()
    assert Credential.objects.get().secret == "sandbox-lead"


def test_rows_are_listed_without_a_key(sandbox: Sandbox, settings: Settings) -> None:
    factories.credential(sandbox, "lead")
    lose_the_key(settings)
    found = Credential.objects.get()
    assert found.person_id == 2
    for _ in range(2):
        with pytest.raises(WrongKey):
            _ = found.secret


def test_other_fields_are_saved_without_a_key(sandbox: Sandbox, settings: Settings) -> None:
    factories.credential(sandbox, "lead")
    before = as_stored()
    lose_the_key(settings)
    found = Credential.objects.get()
    found.person_name = "Lena"
    found.save(update_fields=["person_name"])
    assert as_stored() == before
    with pytest.raises(WrongKey):
        found.save()


def test_nothing_stored_is_ever_handed_out(sandbox: Sandbox) -> None:
    factories.credential(sandbox, "lead")
    listed = Credential.objects.values_list("secret", flat=True)[0]
    shown = f"{listed!r} {listed} {vars(Credential.objects.get())}"
    assert as_stored() not in shown


def test_a_connection_that_no_key_opens_is_refused_in_words(
    sandbox: Sandbox, settings: Settings
) -> None:
    factories.credential(sandbox, "lead")
    lose_the_key(settings)
    found = Credential.objects.get()
    with pytest.raises(Refusal) as caught:
        connections.use(credential=found, actor=Actor(found.user_id, "lead"))
    assert caught.value.code == "SECRETS_UNREADABLE"
    assert "FIELD_ENCRYPTION_KEYS" in caught.value.hint


def test_tokens_that_no_key_opens_are_refused_in_words(app: Sandbox, settings: Settings) -> None:
    factories.signed_in(app, 2)
    lose_the_key(settings)
    found = Credential.objects.get()
    connection = connections.use(credential=found, actor=Actor(found.user_id, "lead"))
    with pytest.raises(Refusal) as caught:
        connection.client.call(users.profile())
    assert caught.value.code == "SECRETS_UNREADABLE"
