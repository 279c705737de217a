"""One request, as often as it takes and is safe."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from stages.bitrix24 import envelope, errors, gate, retry
from stages.bitrix24.auth import Auth, SignedRequest
from stages.bitrix24.authorization_errors import AuthorizationSlow
from stages.bitrix24.clock import Clock, Deadline
from stages.bitrix24.command import JSONValue, Reply
from stages.bitrix24.gate import Gate, Precedence
from stages.bitrix24.ratelimit import LeakyBucket
from stages.bitrix24.transport import Transport

logger = logging.getLogger(__name__)


class Sender:
    """Sends requests at the portal's pace, and again where `retry` says so."""

    def __init__(
        self,
        *,
        auth: Auth,
        transport: Transport,
        bucket: LeakyBucket | None,
        gate: Gate,
        clock: Clock,
    ) -> None:
        self.gate = gate
        self._auth = auth
        self._transport = transport
        self._bucket = bucket
        self._clock = clock

    def close(self) -> None:
        self._transport.close()

    def send(
        self,
        method: str,
        params: Mapping[str, JSONValue],
        *,
        writes: bool,
        deadline: Deadline,
        precedence: Precedence = gate.ORDINARY,
        guard: Callable[[], None] | None = None,
    ) -> Reply:
        """Return the reply, or raise the last attempt's error.

        `guard` is called before each attempt at a request that writes, and what it raises ends the
        call. An expired token is renewed once; that takes time of the operation, not of the call.
        """
        self.gate.check(precedence)
        repetitions = 0
        renewed = False
        while True:
            self._take_turn(deadline, precedence)
            if writes and guard:
                guard()
            given = deadline.left
            request = self._auth.sign(method, params)
            try:
                answer = self._transport.post(request, deadline)
                reply = envelope.read(answer, now=self._clock.wall())
            except errors.ExpiredToken:
                self.gate.note(alive=True)
                anew = None if renewed else self._renew(request, deadline, given)
                if anew is None:
                    raise
                deadline, renewed = anew, True
            except errors.Bitrix24Error as error:
                self.heed(method, error)
                if not self.wait(error, writes=writes, repetitions=repetitions, deadline=deadline):
                    alive = gate.alive(error, waited=given)
                    if alive is not None:
                        self.gate.note(alive=alive)
                    raise
                repetitions += 1
            else:
                self.gate.note(alive=True)
                return reply

    def _take_turn(self, deadline: Deadline, precedence: Precedence) -> None:
        """Wait until one more request fits; OutOfTime where that leaves no time for the answer."""
        if self._bucket:
            self._bucket.take(patience=deadline.patience, background=precedence.background)
        if deadline.is_over:
            raise errors.OutOfTime

    def _renew(self, request: SignedRequest, deadline: Deadline, seconds: float) -> Deadline | None:
        """Return the deadline of the call anew, with another token; None where there is none."""
        if not self._auth.renew(request, deadline):
            return None
        anew = deadline.restarted(seconds)
        if anew.is_over:
            raise AuthorizationSlow
        return anew

    def heed(self, method: str, error: errors.Bitrix24Error) -> None:
        """Tell all whom it concerns that a limit is reached or that the credentials are refused."""
        if isinstance(error, errors.OperationTimeLimit):
            self.gate.block(method, reset_at=error.reset_at)
        if isinstance(error, errors.LimitExceeded) and self._bucket:
            self._bucket.fill(pause=error.retry_after)
        if isinstance(error, errors.CredentialsRefused):
            self.gate.shut(error)

    def wait(
        self,
        error: errors.Bitrix24Error,
        *,
        writes: bool,
        repetitions: int,
        deadline: Deadline,
    ) -> bool:
        """Wait and return True where sending again is right, otherwise return False at once."""
        pause = retry.pause(
            error, writes=writes, repetitions=repetitions, patience=deadline.patience
        )
        if pause is None:
            return False
        logger.info("again in %.2f s: %s", pause, error)
        self._clock.sleep(pause)
        return True
