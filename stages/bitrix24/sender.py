"""One request, as often as it takes and is safe."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from stages.bitrix24 import errors, retry
from stages.bitrix24.clock import Clock, Deadline
from stages.bitrix24.command import JSONValue, Reply
from stages.bitrix24.ratelimit import LeakyBucket
from stages.bitrix24.transport import Transport

logger = logging.getLogger(__name__)


class Sender:
    """Sends requests at the portal's pace, and again where `retry` says so."""

    def __init__(self, *, transport: Transport, bucket: LeakyBucket | None, clock: Clock) -> None:
        self._transport = transport
        self._bucket = bucket
        self._clock = clock

    def close(self) -> None:
        self._transport.close()

    def send(
        self, method: str, params: Mapping[str, JSONValue], *, writes: bool, deadline: Deadline
    ) -> Reply:
        """Return the reply, or raise the last attempt's error."""
        repetitions = 0
        while True:
            if self._bucket:
                self._bucket.take(patience=deadline.patience)
            try:
                return self._transport.post(method, params, deadline)
            except errors.Bitrix24Error as error:
                if not self.wait(error, writes=writes, repetitions=repetitions, deadline=deadline):
                    raise
            repetitions += 1

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
