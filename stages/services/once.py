"""What is sent twice and must be done once: a button pressed again before the answer came."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from stages.models import SentForm
from stages.services import refusals
from stages.services.refusals import Refusal

_REMEMBERED = timedelta(hours=1)


@contextmanager
def only(name: UUID | None) -> Iterator[None]:
    """Run the block unless one of that name has run or is running; None: always.

    Where the block is refused in a way that may be repeated, so may its name.
    """
    if name is None:
        yield
        return
    now = timezone.now()
    SentForm.objects.filter(sent_at__lt=now - _REMEMBERED).delete()
    _, is_new = SentForm.objects.get_or_create(name=name, defaults={"sent_at": now})
    if not is_new:
        raise refusals.sent_already()
    try:
        yield
    except Refusal as refusal:
        if refusal.may_repeat or refusal.status < 500:
            SentForm.objects.filter(name=name).delete()
        raise
