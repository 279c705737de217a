"""Whether a portal may be called now, as far as its earlier answers tell.

After several dead answers in a row a portal rests: it is not called for a while. After a refusal
by operating time one method is not. What is known lies outside, so that all processes know it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from stages.bitrix24 import errors

_FAIR_WAIT = 0.5  # seconds: less than that tells nothing about who was silent
_SILENCE = (errors.NoAnswerInTime, errors.ConnectionTimedOut)
_DEAD = (
    *_SILENCE,
    errors.ConnectionRefused,
    errors.ConnectionLost,
    errors.UnexpectedAnswer,
)


@dataclass(frozen=True, slots=True)
class Precedence:
    """What a client's requests may do before others, and what they leave to others.

    `background`: nobody waits for them, so people go first. `probe`: somebody wants to know whether
    the portal answers again, so its rest does not stop them. `begun` is the Unix time at which the
    operation began that they belong to, None where each is its own: a rest that began later does
    not stop it half-way.
    """

    background: bool = False
    probe: bool = False
    begun: float | None = None


ORDINARY = Precedence()


class Gate(Protocol):
    """What is known of one portal and one way of signing in to it."""

    def check(self, precedence: Precedence) -> None:
        """Raise PortalResting where such a request is not to be sent."""

    def note(self, *, alive: bool) -> None:
        """Take down an answer: any word of the portal, or a dead one."""

    def block(self, method: str, *, reset_at: float | None) -> None:
        """Take down that the portal has blocked a method, until a Unix time where it told one."""

    def blocked(self, methods: Iterable[str]) -> Mapping[str, float]:
        """Return those of the methods that are blocked, each with its end in Unix time."""

    def shut(self, error: errors.CredentialsRefused) -> None:
        """Take down that the portal does not take these credentials."""


class Open:
    """The gate of a client that remembers nothing."""

    def check(self, precedence: Precedence) -> None:
        pass

    def note(self, *, alive: bool) -> None:
        pass

    def block(self, method: str, *, reset_at: float | None) -> None:
        pass

    def blocked(self, methods: Iterable[str]) -> Mapping[str, float]:  # noqa: ARG002 -- remembers none
        return {}

    def shut(self, error: errors.CredentialsRefused) -> None:
        pass


def alive(error: errors.Bitrix24Error, *, waited: float) -> bool | None:
    """Tell whether an error shows a portal that works, None where it shows neither.

    A refusal does, whatever it refuses. `waited` is how long the portal had for its answer.
    """
    if isinstance(error, errors.CertificateRefused | errors.AddressRefused):
        return None
    if isinstance(error, _SILENCE) and waited < _FAIR_WAIT:
        return None
    if isinstance(error, errors.PortalFault):
        # The same code also stands for a single method that failed; then the status is another.
        return (error.status or 0) < 500
    return not isinstance(error, _DEAD)
