"""What certainly did not run is tried again, a write of unknown fate never."""

from __future__ import annotations

import pytest

from stages.bitrix24 import errors, retry

NEVER: list[errors.Bitrix24Error] = [
    errors.NoAnswerInTime(),
    errors.ConnectionTimedOut(),
    errors.CertificateRefused(),
    errors.InvalidCredentials(),
    errors.AccessDenied(),
    errors.EmptyTitle(),
    errors.UnknownError(),
    errors.Overloaded(),
    errors.OperationTimeLimit(retry_after=0.5),
    errors.PortalMoved(),
    errors.NotSent(),
]
LOST: list[errors.Bitrix24Error] = [
    errors.ConnectionLost(),
    errors.UnexpectedAnswer(),
    errors.PortalFault(),
]


def pause(
    error: errors.Bitrix24Error, *, writes: bool, repetitions: int = 0, patience: float = 5
) -> float | None:
    return retry.pause(error, writes=writes, repetitions=repetitions, patience=patience)


@pytest.mark.parametrize("writes", [False, True])
@pytest.mark.parametrize("error", NEVER, ids=repr)
def test_what_would_fail_again_is_not_repeated(error: errors.Bitrix24Error, writes: bool) -> None:
    assert pause(error, writes=writes) is None


@pytest.mark.parametrize("error", LOST, ids=repr)
def test_a_read_is_repeated_twice_after_its_answer_got_lost(error: errors.Bitrix24Error) -> None:
    pauses = [pause(error, writes=False, repetitions=number) for number in range(3)]
    assert pauses[0] == pytest.approx(0.25, rel=0.2)
    assert pauses[1] == pytest.approx(0.5, rel=0.2)
    assert pauses[2] is None


@pytest.mark.parametrize("error", LOST, ids=repr)
def test_a_write_is_not_repeated_after_its_answer_got_lost(error: errors.Bitrix24Error) -> None:
    assert pause(error, writes=True) is None


@pytest.mark.parametrize("writes", [False, True])
def test_a_refusal_by_the_limit_is_waited_out(writes: bool) -> None:
    waited = [pause(errors.LimitExceeded(), writes=writes, repetitions=n) for n in range(3)]
    assert waited[:2] == [pytest.approx(1, rel=0.2), pytest.approx(2, rel=0.2)]
    assert pause(errors.LimitExceeded(retry_after=3.5), writes=writes) == 3.5


def test_nothing_waits_longer_than_there_is_patience() -> None:
    assert pause(errors.LimitExceeded(retry_after=3.5), writes=False, patience=3.4) is None
    assert pause(errors.LimitExceeded(), writes=False, patience=0.5) is None


@pytest.mark.parametrize("writes", [False, True])
def test_a_dead_portal_is_given_up_within_a_second(writes: bool) -> None:
    waited = 0.0
    repetitions = 0
    while (
        seconds := pause(errors.ConnectionRefused(), writes=writes, repetitions=repetitions)
    ) is not None:
        waited += seconds
        repetitions += 1
    assert repetitions == 2
    assert waited < 1
