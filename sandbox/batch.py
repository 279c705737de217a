"""`batch`: up to fifty commands in one process, with all that leaks between them."""

from __future__ import annotations

from collections.abc import Callable

from sandbox import faults, references
from sandbox.errors import ConnectionDropped, RestError, system
from sandbox.php import Array, Json, Value, from_json, parse_query, to_array, truthy
from sandbox.process import Call, Page, Process
from sandbox.requestlog import Command
from sandbox.stopwatch import Stopwatch

MAX_LENGTH = 50
Execute = Callable[[Process, str, Array], Page]


class Answers:
    """The five maps of a batch reply, keyed by command; references read them too."""

    def __init__(self) -> None:
        self.maps: dict[str, Array] = {
            name: {} for name in ("result", "error", "total", "next", "time")
        }

    def keep(self, name: str, page: Page, time: Json) -> None:
        """Keep a command's result, and its paging if it has any."""
        self.maps["result"][name] = from_json(page.result)
        self.maps["time"][name] = from_json(time)
        if page.total is not None:
            self.maps["total"][name] = page.total
        if page.next is not None:
            self.maps["next"][name] = page.next

    def refuse(self, name: str, error: RestError) -> None:
        """Keep a command's error."""
        self.maps["error"][name] = from_json(error.body())

    def as_result(self) -> Json:
        """Return the maps under the names of the reply."""
        return {
            "result": self.maps["result"],
            **{f"result_{name}": self.maps[name] for name in ("error", "total", "next", "time")},
        }


def run(call: Call, execute: Execute) -> Json:
    """Run the commands in order; a failure stops the rest only with `halt`."""
    parameters = {key.lower(): value for key, value in call.params.items()}
    halt = truthy(parameters.get("halt"))
    process = call.process
    strike = process.faults.take(faults.INSIDE_BATCH, {"batch", *methods_of(call.params)})
    answers = Answers()
    for number, (name, text) in enumerate(commands_of(parameters.get("cmd")), 1):
        struck = strike is not None and number > strike.after
        if struck and strike is not None and strike.name == "half_batch":
            raise ConnectionDropped
        method, params = _parse(text, answers)
        stopwatch = Stopwatch()
        try:
            if struck:
                raise system("QUERY_LIMIT_EXCEEDED")
            if number > MAX_LENGTH:
                raise system("ERROR_BATCH_LENGTH_EXCEEDED")
            page = execute(process, method, params)
        except RestError as error:
            answers.refuse(name, error)
        else:
            answers.keep(name, page, stopwatch.block(process.switches))
        failed = name in answers.maps["error"]
        process.commands.append(Command(name, method, params, not failed))
        if failed and halt:
            break
    return answers.as_result()


def commands_of(commands: Value) -> list[tuple[str, str]]:
    """Return the commands that are strings; the portal silently skips all others."""
    return [(name, text) for name, text in to_array(commands).items() if isinstance(text, str)]


def methods_of(params: Array) -> set[str]:
    """Return the method names a request's batch commands call, in lower case."""
    commands = next((value for key, value in params.items() if key.lower() == "cmd"), None)
    return {_split(text)[0].lower() for _, text in commands_of(commands)}


def _split(text: str) -> tuple[str, str]:
    """Split a command like a URL: a raw `#` cuts off the rest."""
    method, _, query = text.partition("#")[0].partition("?")
    return method, query


def _parse(text: str, answers: Answers) -> tuple[str, Array]:
    method, query = _split(text)
    return method, to_array(references.resolve(parse_query(query), dict(answers.maps)))
