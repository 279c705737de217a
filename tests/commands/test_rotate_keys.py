"""Changing the encryption key without losing what is stored."""

from __future__ import annotations

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.models import Credential, Installation
from stages.models.fields import EncryptedTextField
from stages.services import key_rotation
from tests import factories

pytestmark = pytest.mark.django_db

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def rotate() -> str:
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    return out.getvalue()


def test_no_encrypted_field_is_forgotten() -> None:
    known = {(rows.model, name) for rows, name in key_rotation.encrypted()}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            assert not isinstance(field, EncryptedTextField) or (model, field.name) in known


def test_after_a_rotation_the_old_key_is_of_no_use_any_more(
    app: Sandbox, settings: Settings
) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    factories.credential(app, "lead")
    signed_in = factories.signed_in(app, 3)
    Installation.objects.create(portal=signed_in.portal, application_token="s3cr3t")
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    assert "newest key: 4." in rotate()
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert Credential.objects.get(user__username="lead").secret == "sandbox-lead"
    found = Credential.objects.get(pk=signed_in.pk)
    assert (found.secret, found.refresh_secret) == (signed_in.secret, signed_in.refresh_secret)
    assert Installation.objects.get().application_token == "s3cr3t"


def test_what_no_key_opens_is_named_and_left_as_it_is(sandbox: Sandbox, settings: Settings) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    lost = factories.credential(sandbox, "lead")
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    factories.credential(sandbox, "member")
    with pytest.raises(CommandError) as caught:
        rotate()
    assert f"secret of Credential {lost.pk}" in str(caught.value)
    assert "sandbox-" not in str(caught.value)
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    assert Credential.objects.get(pk=lost.pk).secret == "sandbox-lead"
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert Credential.objects.get(user__username="member").secret == "sandbox-member"
