"""A text that the database holds encrypted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute


class WrongKey(Exception):
    """A stored secret cannot be read with any of the keys in FIELD_ENCRYPTION_KEYS."""

    def __init__(self) -> None:
        super().__init__("a stored secret cannot be read with any of FIELD_ENCRYPTION_KEYS")


if TYPE_CHECKING:
    # Types a field by what is set and got; Django itself knows no such brackets.
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the database holds, until somebody wants to know what it means."""

    text: str = field(repr=False)


class _Decrypting(DeferredAttribute):
    """Decrypts when the attribute is asked for: who only lists rows needs no key."""

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, _Stored):
            value = instance.__dict__[self.field.attname] = _decrypted(value.text)
        return value

    def __set__(self, instance: models.Model, value: str | _Stored) -> None:
        # With this method Python asks the descriptor before it looks at the instance.
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(TextField):
    """Encrypts on its way into the database, with the newest key; decrypts with any when used.

    Using it raises WrongKey rather than hand out what it cannot decrypt. Equal texts are stored
    differently each time, so that no lookup but `isnull` means anything.
    """

    descriptor_class = _Decrypting

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return text if text in (None, "") else _fernet().encrypt(text.encode()).decode()

    def from_db_value(self, value: str | None, *_of_the_query: Any) -> str | _Stored | None:
        return value if value in (None, "") else _Stored(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError("an encrypted text cannot be looked up")
        return super().get_lookup(lookup_name)


def _decrypted(stored: str) -> str:
    try:
        return _fernet().decrypt(stored.encode()).decode()
    except InvalidToken:
        raise WrongKey from None


def rotated(stored: str) -> str:
    """Return a stored secret encrypted anew with the newest key; raise WrongKey."""
    try:
        return _fernet().rotate(stored.encode()).decode()
    except InvalidToken:
        raise WrongKey from None


def _fernet() -> MultiFernet:
    return _with(tuple(settings.FIELD_ENCRYPTION_KEYS))


@cache
def _with(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
