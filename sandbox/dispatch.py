"""From a method name to its result, alone or as a command of a batch."""

from __future__ import annotations

import functools

from sandbox import batch, faults
from sandbox.errors import RestError, system
from sandbox.methods import METHODS
from sandbox.methods.base import Method
from sandbox.php import Array, Json, to_int
from sandbox.process import Call, Page, Process
from sandbox.switches import Switches

NOT_IN_BATCH = {"batch", "download", "upload"}


def find(name: str, switches: Switches) -> Method:
    """Return the method of this name, in any case; a module taken away has none."""
    key = name.lower()
    if key == BATCH.name:
        return BATCH
    method = METHODS.get(key)
    if method is None or (key.startswith("rpa.") and not switches.rpa_module):
        raise system("ERROR_METHOD_NOT_FOUND")
    return method


def call(process: Process, method: Method, params: Array, *, in_batch: bool = False) -> Page:
    """Run one method; `state` and `start` are swallowed from its parameters."""
    fault = process.faults.take(faults.SINGLE_CALL, {method.name})
    if fault is not None:
        limited = fault.name == "operation_time_limit"
        raise system(
            "OPERATION_TIME_LIMIT" if limited else fault.code,
            status=None if limited else fault.status,
        )
    own = {key: value for key, value in params.items() if key not in ("state", "start")}
    result = _run(method, Call(process, method.name, own, to_int(params.get("start")), in_batch))
    return result if isinstance(result, Page) else Page(result)


def _run(method: Method, call: Call) -> Json | Page:
    """Run the method, and note a write whether it is refused, answered or its answer lost."""
    if not method.writes:
        return method.run(call)
    note = functools.partial(
        call.process.journal.note, call.person.id, method.name.lower(), call.params
    )
    try:
        result = method.run(call)
    except RestError:
        note(ok=False)
        raise
    note(ok=True)
    return result


def command(process: Process, name: str, params: Array) -> Page:
    """Run one command of a batch, with its own checks of method and scope."""
    if name.lower() in NOT_IN_BATCH:
        raise system("ERROR_BATCH_METHOD_NOT_ALLOWED")
    method = find(name, process.switches)
    if not process.access.opens(method.scopes):
        raise RestError("insufficient_scope", "")
    return call(process, method, params, in_batch=True)


BATCH = Method("batch", lambda outer: batch.run(outer, command))
