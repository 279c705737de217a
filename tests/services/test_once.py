"""A form with a name of its own is taken once, whichever process gets it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from stages.models import SentForm
from stages.services import once, refusals
from stages.services.refusals import Refusal
from tests.threads import together


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_is_taken() -> None:
    name, taken = uuid4(), []

    def send() -> str:
        try:
            with once.only(name):
                taken.append(1)
        except Refusal as refusal:
            return refusal.code
        return "taken"

    assert sorted(together([send] * 8)) == [*["CONFLICT"] * 7, "taken"]
    assert len(taken) == 1


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again() -> None:
    name = uuid4()
    with pytest.raises(Refusal), once.only(name):
        raise refusals.invalid("No.")
    with once.only(name):
        pass


@pytest.mark.django_db
def test_what_may_have_been_done_may_not_be_sent_again() -> None:
    name = uuid4()
    unknown = Refusal("PORTAL_TIMEOUT", 504, "Nobody knows.")
    unknown.may_repeat = False
    with pytest.raises(Refusal), once.only(name):
        raise unknown
    with pytest.raises(Refusal, match="sent already"), once.only(name):
        pass


@pytest.mark.django_db
def test_names_are_forgotten_after_an_hour() -> None:
    SentForm.objects.create(name=uuid4(), sent_at=timezone.now() - timedelta(hours=2))
    with once.only(uuid4()):
        pass
    assert SentForm.objects.count() == 1
