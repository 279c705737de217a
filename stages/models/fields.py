"""A text that the database holds encrypted."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class WrongKey(Exception):
    """A stored secret cannot be read with any of the keys in FIELD_ENCRYPTION_KEYS."""

    def __init__(self) -> None:
        super().__init__("a stored secret cannot be read with any of FIELD_ENCRYPTION_KEYS")


if TYPE_CHECKING:
    # Types a field by what is set and got; Django itself knows no such brackets.
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField


class EncryptedTextField(TextField):
    """Encrypts on its way into the database, with the newest key; decrypts with any.

    Reading raises WrongKey rather than hand out what it cannot decrypt. Equal texts are stored
    differently each time, so that no lookup but `isnull` means anything.
    """

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return text if text in (None, "") else _fernet().encrypt(text.encode()).decode()

    def from_db_value(self, value: str | None, *_of_the_query: Any) -> str | None:
        if value in (None, ""):
            return value
        try:
            return _fernet().decrypt(value.encode()).decode()
        except InvalidToken:
            raise WrongKey from None

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError("an encrypted text cannot be looked up")
        return super().get_lookup(lookup_name)


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
