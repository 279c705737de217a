from __future__ import annotations

import inspect

import pytest

from stages.bitrix24 import authorization_errors, errors
from stages.domain.access import Barrier
from stages.domain.removal import Obstacle
from stages.services import words

ERRORS = [
    kind
    for module in (errors, authorization_errors)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, errors.Bitrix24Error)
]


@pytest.mark.parametrize("kind", ERRORS)
def test_every_error_is_explained_in_sentences_without_its_code(
    kind: type[errors.Bitrix24Error],
) -> None:
    code = "SOME_CODE_OF_ITS_OWN"
    refusal = words.explain(kind(code, "<b>localized</b>", 400, retry_after=3))
    for sentence in (refusal.message, refusal.hint):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert code not in sentence
        assert "<" not in sentence
    assert 400 <= refusal.status < 505
    assert refusal.status != 500
    assert refusal.retry_after == 3


def test_only_a_refusal_nobody_has_documented_goes_unexplained() -> None:
    generic = words.explain(errors.Bitrix24Error()).message
    assert [kind for kind in ERRORS if words.explain(kind()).message == generic] == [
        errors.Bitrix24Error,
        errors.NotRun,
        errors.UnknownRefusal,
    ]


def test_every_barrier_and_obstacle_has_words() -> None:
    assert set(words.BARRIERS) == set(Barrier)
    assert set(words.OBSTACLES) == set(Obstacle)
