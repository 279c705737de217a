"""The client of a stored credential follows what becomes of it."""

from __future__ import annotations

import gc

import pytest

from sandbox.server import Sandbox
from stages.bitrix24 import errors
from stages.bitrix24.auth import WebhookAuth
from stages.bitrix24.methods import users
from stages.domain.actor import Actor
from stages.models import Credential
from stages.services import connections
from tests import factories
from tests.services.asking import call

pytestmark = pytest.mark.django_db(transaction=True)

LENA = 2


def held_in_memory(code: str) -> int:
    """How often the process holds a secret; tests before this one may still hold it, too."""
    gc.collect()
    return sum(type(one) is WebhookAuth and one.code == code for one in gc.get_objects())


def test_the_secret_of_a_replaced_credential_does_not_stay_in_memory(app: Sandbox) -> None:
    connections.forget()
    before = held_in_memory("sandbox-lead")
    credential = factories.credential(app, "lead")
    assert call(credential) == LENA
    assert held_in_memory("sandbox-lead") > before
    Credential.objects.update(secret="sandbox-admin", person_id=1)
    assert call(credential) == 1
    assert held_in_memory("sandbox-lead") <= before
    connections.forget()


def test_a_credential_that_was_taken_away_opens_nothing(app: Sandbox) -> None:
    credential = factories.signed_in(app, LENA)
    connection = connections.use(credential=credential, actor=Actor(credential.user_id, "lead"))
    Credential.objects.all().delete()
    with pytest.raises(errors.NoCredentials):
        connection.client.call(users.profile())
