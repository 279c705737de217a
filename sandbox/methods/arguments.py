"""How the tasks dispatcher binds arguments: by name, in any case."""

from __future__ import annotations

from sandbox.errors import RestError
from sandbox.php import Array, Value, to_int, truthy
from sandbox.process import Call


class Arguments:
    """The call's parameters by lower-case name."""

    def __init__(self, call: Call, *required: str) -> None:
        self._values: Array = {name.lower(): value for name, value in call.params.items()}
        for name in required:
            if self._values.get(name) is None:
                raise RestError(
                    "DISPATCHER_ERROR",
                    f'Argument "{name}" is required, but no value passed for {call.method.lower()}',
                )

    def value(self, name: str) -> Value:
        """Return the value as passed, or None."""
        return self._values.get(name)

    def number(self, name: str) -> int:
        """Return the value cast to int; an empty string is 0, not absent."""
        return to_int(self._values.get(name))

    def flag(self, name: str) -> bool:
        """Return the value's truth in PHP."""
        return truthy(self._values.get(name))
