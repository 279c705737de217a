"""How PHP reads query strings, casts and judges."""

from __future__ import annotations

import pytest

from sandbox import php


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a=1&a=2", {"a": "2"}),
        ("a[]=1&a[]=2", {"a": {"0": "1", "1": "2"}}),
        ("a[5]=1&a[]=2", {"a": {"5": "1", "6": "2"}}),
        ("a[b][c]=1&a[b][d]=2", {"a": {"b": {"c": "1", "d": "2"}}}),
        ("a%5Bb%5D=1", {"a": {"b": "1"}}),
        ("a[][x]=1&a[][x]=2", {"a": {"0": {"x": "1"}, "1": {"x": "2"}}}),
        ("a=1&a[b]=2", {"a": {"b": "2"}}),
        ("a=x+y%26z", {"a": "x y&z"}),
        ("a", {"a": ""}),
        ("&&a=1&", {"a": "1"}),
        ("=1", {}),
        ("a.b c=1", {"a_b_c": "1"}),
        ("a[b=1", {"a_b": "1"}),
        ("filter[!STATUS]=5", {"filter": {"!STATUS": "5"}}),
        ("a=%D0%AF", {"a": "Я"}),
    ],
)
def test_query_strings_are_parsed_as_php_does(text: str, parsed: php.Array) -> None:
    assert php.parse_query(text) == parsed


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (None, 0),
        (True, 1),
        (3.9, 3),
        ("", 0),
        ("12abc", 12),
        (" 7", 7),
        ("-3", -3),
        ("1e3", 1000),
        ("abc", 0),
        ({}, 0),
        ({"0": "9"}, 1),
    ],
)
def test_values_are_cast_to_int_as_php_does(value: php.Value, number: int) -> None:
    assert php.to_int(value) == number


@pytest.mark.parametrize("value", [None, False, 0, 0.0, "", "0", {}])
def test_these_values_are_false(value: php.Value) -> None:
    assert not php.truthy(value)


@pytest.mark.parametrize("value", [True, 1, "false", "N", "null", "00", " ", {"0": ""}])
def test_these_values_are_true(value: php.Value) -> None:
    assert php.truthy(value)


@pytest.mark.parametrize(
    ("value", "shaped"),
    [
        ({}, []),
        ({"0": 1, "1": 2}, [1, 2]),
        ({"1": 1}, {"1": 1}),
        ({"1": 1, "0": 2}, {"1": 1, "0": 2}),
        ({"a": {}}, {"a": []}),
        ([{}], [[]]),
    ],
)
def test_maps_turn_into_lists_as_json_encode_does(value: php.Json, shaped: php.Json) -> None:
    assert php.to_json(value) == shaped
