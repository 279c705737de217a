"""A client of one portal."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar

from stages.bitrix24 import answers, batch, errors
from stages.bitrix24.addresses import PUBLIC, Addresses
from stages.bitrix24.answers import Answers, Outcomes
from stages.bitrix24.auth import Auth
from stages.bitrix24.clock import SYSTEM, Clock, Deadline
from stages.bitrix24.command import Command, Reply
from stages.bitrix24.gate import ORDINARY, Gate, Open, Precedence
from stages.bitrix24.ratelimit import LeakyBucket
from stages.bitrix24.sender import Sender
from stages.bitrix24.transport import Transport

T = TypeVar("T")


class Client:
    """Sends commands to a portal; threads share one.

    `timeout` is for a whole call in seconds, waits and repetitions included. Without a bucket
    nothing is held back, as for portals that have no limit; without a gate nothing is remembered of
    the portal's earlier answers. Unless `addresses` say otherwise, the portal has to be a public
    host with TLS.
    """

    def __init__(
        self,
        *,
        auth: Auth,
        addresses: Addresses = PUBLIC,
        bucket: LeakyBucket | None = None,
        gate: Gate | None = None,
        timeout: float = 10.0,
        clock: Clock = SYSTEM,
    ) -> None:
        self._host = auth.host
        self._timeout = timeout
        self._clock = clock
        self.precedence = ORDINARY
        self.until: Deadline | None = None
        self.guard: Callable[[], None] | None = None
        self._sender = Sender(
            auth=auth,
            transport=Transport(addresses=addresses),
            bucket=bucket,
            gate=gate or Open(),
            clock=clock,
        )

    def __repr__(self) -> str:
        return f"<Client of {self._host}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()

    def in_background(self) -> Self:
        """Return this client for work that nobody waits for: people's requests go first."""
        return self._with(replace(self.precedence, background=True))

    def probing(self) -> Self:
        """Return this client for somebody who wants to know whether the portal answers again."""
        return self._with(replace(self.precedence, probe=True))

    def underway(self) -> Self:
        """Return this client for an operation that begins now: no later rest stops it half-way."""
        return self._with(replace(self.precedence, begun=self._clock.wall()))

    def bounded(self, deadline: Deadline) -> Self:
        """Return this client for an operation that ends by then, however many calls it takes."""
        other = copy.copy(self)
        other.until = deadline
        return other

    def guarded(self, guard: Callable[[], None]) -> Self:
        """Return this client with a call of `guard` before each request that writes."""
        other = copy.copy(self)
        other.guard = guard
        return other

    def _with(self, precedence: Precedence) -> Self:
        """Return a light copy, which shares connections, bucket and gate."""
        other = copy.copy(self)
        other.precedence = precedence
        return other

    def _deadline(self, seconds: float) -> Deadline:
        """Return when a call that may take so long has to be over; OutOfTime if that is now."""
        deadline = Deadline.within(seconds, self._clock)
        if self.until is None:
            return deadline
        if self.until.is_over:
            raise errors.OutOfTime
        return deadline.within_operation(self.until)

    def call(self, command: Command[T]) -> T:
        """Run one command and return its answer, or raise a Bitrix24Error."""
        for refusal in self._blocked([command]).values():
            raise refusal
        return command.decode(self._run(command))

    def batch(self, commands: Sequence[Command[Any]], *, halt: bool = False) -> Answers:
        """Run commands in order, up to 50 in a request, and return their answers.

        Errors of the portal are not raised here but kept for each command. With `halt` nothing
        runs after the first error; after a request that failed as a whole nothing more is sent in
        any case. Raises ValueError for commands that must not travel together.
        """
        batch.check(commands)
        found = Answers()
        broke_off = False
        for chunk in batch.chunks(commands):
            outcomes: Outcomes
            if broke_off or (halt and found.first_error):
                outcomes = dict.fromkeys(chunk, errors.NotSent())
            else:
                try:
                    outcomes = self._run_chunk(chunk, halt=halt)
                except errors.Bitrix24Error as error:
                    outcomes, broke_off = dict.fromkeys(chunk, error), True
            found.note(outcomes)
        return found

    def _run(self, command: Command[Any]) -> Reply:
        deadline = self._deadline(self._timeout)
        return self._sender.send(
            command.method,
            command.params,
            writes=command.writes,
            deadline=deadline,
            precedence=self.precedence,
            guard=self.guard,
        )

    def _run_alone(self, command: Command[Any]) -> Outcomes:
        try:
            return {command: self._run(command)}
        except errors.Unreachable:
            raise
        except errors.Bitrix24Error as error:
            return {command: error}

    def _run_chunk(self, chunk: Sequence[Command[Any]], *, halt: bool) -> Outcomes:
        """Run what the portal has not blocked; with `halt` all of it or nothing."""
        blocked = self._blocked(chunk)
        rest = tuple(command for command in chunk if command not in blocked)
        if blocked and halt:
            return {**blocked, **dict.fromkeys(rest, errors.NotSent())}
        return {**blocked, **(self._run_together(rest, halt=halt) if rest else {})}

    def _blocked(
        self, commands: Sequence[Command[Any]]
    ) -> dict[Command[Any], errors.OperationTimeLimit]:
        """Return what the portal would answer to commands whose methods it has blocked."""
        ends = self._sender.gate.blocked({command.method for command in commands})
        now = self._clock.wall()
        return {
            command: errors.OperationTimeLimit.until(ends[command.method], now=now)
            for command in commands
            if command.method in ends
        }

    def _run_together(self, chunk: Sequence[Command[Any]], *, halt: bool) -> Outcomes:
        """Return what became of each command, or raise what happened to the request as a whole.

        The limit may strike inside a batch as well. Only reads are then put together anew: what is
        left of a row of writes has to be planned on what the first ones left behind.
        """
        if len(chunk) == 1:
            return self._run_alone(chunk[0])
        writes = any(command.writes for command in chunk)
        deadline = self._deadline(batch.time_for(chunk, timeout=self._timeout))
        found: Outcomes = {}
        pending, repetitions = chunk, 0
        while True:
            params = batch.params(pending, halt=halt)
            reply = self._sender.send(
                batch.METHOD,
                params,
                writes=writes,
                deadline=deadline,
                precedence=self.precedence,
                guard=self.guard,
            )
            found |= answers.outcomes(pending, reply, halt=halt)
            for command in pending:
                if isinstance(refusal := found[command], errors.Bitrix24Error):
                    self._sender.heed(command.method, refusal)
            refused = {
                command: outcome
                for command in pending
                if isinstance(outcome := found[command], errors.LimitExceeded)
            }
            if writes or halt or not refused:
                return found
            error = next(iter(refused.values()))
            if not self._sender.wait(
                error, writes=writes, repetitions=repetitions, deadline=deadline
            ):
                return found
            pending, repetitions = tuple(refused), repetitions + 1
