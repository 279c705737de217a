"""Which forms were sent."""

from __future__ import annotations

from django.db import models


class SentForm(models.Model):
    """A form that carries a name of its own, so that it is taken once."""

    name = models.UUIDField(primary_key=True)
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.name)
