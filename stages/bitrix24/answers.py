"""The answers to many commands, each by its command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from stages.bitrix24 import batch, envelope, errors
from stages.bitrix24.command import Command, JSONValue, Reply

T = TypeVar("T")

Outcomes = dict[Command[Any], Reply | errors.Bitrix24Error]


class Answers:
    """What became of each command of a batch."""

    def __init__(self) -> None:
        self._values: dict[Command[Any], Any] = {}
        self._errors: dict[Command[Any], errors.Bitrix24Error] = {}

    def __getitem__(self, command: Command[T]) -> T:
        """Return the command's answer, or raise its error."""
        if command in self._errors:
            raise self._errors[command]
        value: T = self._values[command]
        return value

    def error(self, command: Command[Any]) -> errors.Bitrix24Error | None:
        """Return why the command has no answer, None where it has one."""
        return self._errors.get(command)

    def ran(self, command: Command[Any]) -> bool:
        """Tell whether the portal carried the command out and said so."""
        return command in self._values

    @property
    def first_error(self) -> errors.Bitrix24Error | None:
        """The error of the first command that has one."""
        return next(iter(self._errors.values()), None)

    def note(self, outcomes: Outcomes) -> None:
        """Take down what became of some commands, in the order of sending."""
        for command, outcome in outcomes.items():
            if isinstance(outcome, errors.Bitrix24Error):
                self._errors[command] = outcome
                continue
            try:
                self._values[command] = command.decode(outcome)
            except errors.UnexpectedAnswer as error:
                self._errors[command] = error


def outcomes(chunk: Sequence[Command[Any]], reply: Reply, *, halt: bool) -> Outcomes:
    """Return what a batch's reply says about each of its commands.

    Raises UnexpectedAnswer where the reply is none to a batch.
    """
    if not isinstance(reply.result, Mapping):
        raise errors.UnexpectedAnswer(description="no map of results")
    results, refusals, totals, nexts = (
        _map(reply.result.get(part))
        for part in ("result", "result_error", "result_total", "result_next")
    )
    found: Outcomes = {}
    halted = False
    for name, command in batch.named(chunk):
        refusal = refusals.get(name)
        if isinstance(refusal, Mapping):
            found[command] = envelope.refusal(refusal)
            halted = halt
        elif name in results:
            found[command] = Reply(
                results[name],
                total=envelope.number(totals.get(name)),
                next=envelope.number(nexts.get(name)),
            )
        elif halted:
            found[command] = errors.NotSent()
        else:
            found[command] = errors.UnexpectedAnswer(description="missing among the results")
    return found


def _map(value: JSONValue) -> Mapping[str, JSONValue]:
    # An empty map of PHP's arrives as `[]`.
    return value if isinstance(value, Mapping) else {}
