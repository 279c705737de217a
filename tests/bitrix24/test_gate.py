"""Which answers show a portal that works, and which one that does not."""

from __future__ import annotations

import pytest

from stages.bitrix24 import errors, gate


@pytest.mark.parametrize(
    "error",
    [
        errors.ConnectionRefused(),
        errors.ConnectionLost(),
        errors.ConnectionTimedOut(),
        errors.NoAnswerInTime(),
        errors.UnexpectedAnswer(status=200),
        errors.PortalFault(status=502),
    ],
    ids=repr,
)
def test_what_is_no_answer_counts_as_dead(error: errors.Bitrix24Error) -> None:
    assert gate.alive(error, waited=10) is False


@pytest.mark.parametrize(
    "error",
    [
        errors.LimitExceeded(status=503),
        errors.OperationTimeLimit(status=429),
        errors.InvalidCredentials(status=401),
        errors.AccessDenied(status=403),
        errors.PortalFault("ERROR_CORE", status=400),
        errors.UnknownError(status=400),
    ],
    ids=repr,
)
def test_a_refusal_is_the_word_of_a_portal_that_works(error: errors.Bitrix24Error) -> None:
    assert gate.alive(error, waited=10) is True


def test_silence_tells_nothing_where_nobody_had_time_to_wait() -> None:
    assert gate.alive(errors.NoAnswerInTime(), waited=0.3) is None


def test_a_certificate_that_is_not_trusted_tells_nothing() -> None:
    assert gate.alive(errors.CertificateRefused(), waited=10) is None
