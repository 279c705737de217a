"""The habits of PHP in JSON: numbers as text, `[]` for an empty map, "Y" and "N", null for ""."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeVar

import pydantic
import pydantic.alias_generators
from pydantic import BeforeValidator

from stages.bitrix24 import errors
from stages.domain.color import FALLBACK, Color

T = TypeVar("T")


def _text(value: object) -> object:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    # JSON can spell half of a surrogate pair, which no answer of ours could be encoded with, and
    # U+0000, which PostgreSQL stores nowhere.
    return value.replace("\0", "").encode(errors="replace").decode()


def _yes_no(value: object) -> object:
    if value is None or isinstance(value, str):
        return value in ("Y", "1", "true")
    return value


def _number(value: object) -> object:
    return 0 if value is None or value == "" else value


def _map(value: object) -> object:
    return {} if value == [] or value is None else value


def _records(value: object) -> object:
    return list(value.values()) if isinstance(value, Mapping) else value


def _id(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("true is no id")  # noqa: TRY004 -- what pydantic expects of a validator
    return value


def _color(value: object) -> Color:
    # Nothing on the portal checks a colour; its own board shows the fallback for such a stage.
    try:
        return Color.parse(str(value))
    except ValueError:
        return FALLBACK


Id = Annotated[int, BeforeValidator(_id)]
Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[int, BeforeValidator(_number)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
WireColor = Annotated[Color, pydantic.PlainValidator(_color)]
Map = BeforeValidator(_map)  # `[]` is meant as `{}`
Records = BeforeValidator(_records)  # an object keyed by id is meant as a list


class Record(pydantic.BaseModel):
    """An object whose keys are called as our own."""

    model_config = pydantic.ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class OldRecord(Record):
    """An object of an old method: its keys are in upper case."""

    model_config = pydantic.ConfigDict(alias_generator=str.upper)


class NewRecord(Record):
    """An object of a newer method: its keys are in camel case."""

    model_config = pydantic.ConfigDict(alias_generator=pydantic.alias_generators.to_camel)


def read(shape: pydantic.TypeAdapter[T], value: object) -> T:
    """Return the value in this shape; UnexpectedAnswer where it does not fit."""
    try:
        return shape.validate_python(value)
    except pydantic.ValidationError as error:
        problems = error.errors(include_url=False, include_context=False, include_input=False)
    described = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in problems[:5])
    raise errors.UnexpectedAnswer(description=described)
