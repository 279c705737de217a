"""Encrypting everything stored with the newest key."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from stages.models import Credential, Installation, fields
from stages.models.fields import WrongKey


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many secrets were encrypted anew, and which cannot be read."""

    done: int
    unreadable: tuple[str, ...]


def rotate() -> Rotation:
    """Encrypt every stored secret anew; what changes meanwhile has the newest key anyway."""
    done, unreadable = 0, []
    for rows, name in encrypted():
        found = rows.annotate(stored=Cast(name, TextField()))
        for key, stored in found.exclude(stored="").values_list("pk", "stored").iterator():
            try:
                new = Value(fields.rotated(stored), output_field=TextField())
            except WrongKey:
                unreadable.append(f"{name} of {rows.model.__name__} {key}")
            else:
                done += found.filter(pk=key, stored=stored).update(**{name: new})
    return Rotation(done, tuple(unreadable))


def encrypted() -> list[tuple[QuerySet[Credential] | QuerySet[Installation], str]]:
    """Return all rows that hold secrets, once for each field with one."""
    return [
        (Credential.objects.all(), "secret"),
        (Credential.objects.all(), "refresh_secret"),
        (Installation.objects.all(), "application_token"),
    ]
