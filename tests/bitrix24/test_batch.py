"""What travels together, in which chunks, and that PHP reads it as it was meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import php
from stages.bitrix24 import batch
from stages.bitrix24.command import Command, JSONValue, Reply
from stages.bitrix24.methods import groups, task_stages, tasks, users
from stages.domain.color import Color

BLUE = Color("00C4FB")


def command(params: Mapping[str, JSONValue], method: str = "some.method") -> Command[Reply]:
    return Command(method, params, lambda reply: reply)


def as_php(value: JSONValue) -> php.Value:
    """Return what PHP has after reading a value from a query string."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Mapping):
        return {key: as_php(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {str(index): as_php(item) for index, item in enumerate(value)}
    return str(value)


def sent(one: Command[Any]) -> tuple[str, php.Array]:
    """Return the command as the portal splits and parses it."""
    cmd = batch.params([one], halt=False)["cmd"]
    assert isinstance(cmd, Mapping)
    line = cmd["c0"]
    assert isinstance(line, str)
    assert line.isascii()
    assert "#" not in line
    assert " " not in line
    method, _, query = line.partition("?")
    return method, php.parse_query(query)


names = st.text(alphabet="ABCXYZ_%!=<>", min_size=1, max_size=8)
scalars = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=255) | st.integers()
values: st.SearchStrategy[Any] = st.recursive(
    scalars | st.booleans(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(names, inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.text(alphabet="abcXYZ", min_size=1, max_size=8), values, max_size=4))
def test_php_reads_every_value_as_it_was_meant(params: dict[str, Any]) -> None:
    assert sent(command(params)) == ("some.method", as_php(params))


@pytest.mark.parametrize(
    "title",
    [
        "<img src=x onerror=alert(1)>",
        "R&D #1 100%",
        "看板 🚀",
        "a+b=c?d[e]=f;g",
        "%41%00 \"quoted\" 'twice' \\",
        "$100 & change",
        "line\nbreak\ttab",
        "x" * 255,
        "й" * 255,
    ],
)
def test_a_title_arrives_as_it_was_typed(title: str) -> None:
    one = task_stages.add(entity_id=10, title=title, color=BLUE, after_id=0)
    fields = {"ENTITY_ID": "10", "TITLE": title, "COLOR": "00C4FB", "AFTER_ID": "0"}
    assert sent(one) == ("task.stages.add", {"fields": fields})


def test_a_text_that_is_no_text_is_not_sent() -> None:
    with pytest.raises(UnicodeEncodeError):
        batch.params([command({"a": "\ud800"})], halt=False)


def test_halt_is_a_number_and_names_are_not() -> None:
    params = batch.params([command({}), command({"a": True})], halt=True)
    assert params == {"halt": 1, "cmd": {"c0": "some.method", "c1": "some.method?a=1"}}
    assert batch.params([], halt=False) == {"halt": 0, "cmd": {}}


@pytest.mark.parametrize(
    ("number", "sizes"),
    [(0, []), (1, [1]), (50, [50]), (51, [50, 1]), (120, [50, 50, 20])],
)
def test_fifty_commands_fit_into_a_request(number: int, sizes: list[int]) -> None:
    commands = [command({}) for _ in range(number)]
    chunks = list(batch.chunks(commands))
    assert [len(chunk) for chunk in chunks] == sizes
    assert [one for chunk in chunks for one in chunk] == commands


@pytest.mark.parametrize("text", ["$result[c0]", "US $next[c0] x", "$TOTAL[a]", "$errors[b]"])
def test_what_looks_like_a_reference_travels_alone(text: str) -> None:
    risky = task_stages.update(stage_id=1, title=text)
    commands: list[Command[Any]] = [command({}), risky, command({}), command({})]
    assert [len(chunk) for chunk in batch.chunks(commands)] == [1, 1, 2]


def test_a_batch_may_take_a_second_more_for_each_further_command() -> None:
    def seconds(number: int, timeout: float = 10) -> float:
        return batch.time_for([command({})] * number, timeout=timeout)

    assert [seconds(1), seconds(2), seconds(21), seconds(50)] == [10, 11, 30, 59]
    assert seconds(50, timeout=20) == 60
    assert seconds(2, timeout=90) == 90


ADD = task_stages.add(entity_id=10, title="x", color=BLUE, after_id=0)
ADD_MINE = task_stages.add(entity_id=0, title="x", color=BLUE, after_id=0)
UPDATE = task_stages.update(stage_id=1, title="x")
DELETE = task_stages.delete(stage_id=1)
GET = task_stages.get(entity_id=10)
GET_OTHER = task_stages.get(entity_id=11)
GET_MINE = task_stages.get(entity_id=0)


@pytest.mark.parametrize(
    ("commands", "says"),
    [
        ([ADD, GET], "old ones"),
        ([UPDATE, users.admin(), GET], "old ones"),
        ([DELETE, GET], "old ones"),
        ([GET, GET_MINE], "My Planner"),
        ([ADD_MINE, ADD], "My Planner"),
        ([GET_MINE, task_stages.can_move_task(entity_id=10)], "My Planner"),
        ([GET, GET], "once"),
        ([command({}, method="batch")], "no batch"),
    ],
)
def test_what_spoils_each_other_is_refused(commands: list[Command[Any]], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        batch.check(commands)


@pytest.mark.parametrize(
    "commands",
    [
        [GET, GET_OTHER],
        [GET, UPDATE, DELETE],
        [GET_MINE, UPDATE],
        [ADD, UPDATE],
        [GET, groups.my_roles(), tasks.count(entity_id=10, stage_id=1)],
        [],
    ],
)
def test_anything_else_may_travel_together(commands: list[Command[Any]]) -> None:
    batch.check(commands)
