"""Fields that take a value of their own type and no other."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from stages.domain import title as titles
from stages.domain.board import LARGEST_ID, REF, BoardRef

COLOR = r"^(?:#?[0-9A-Fa-f]{6}|#[0-9A-Fa-f]{3})$"
LONGEST_ORDER = 1000  # stages
REF_SCHEMA: dict[str, Any] = {"type": "string", "pattern": f"^({REF})$"}

_NUMBER = re.compile("[0-9]{1,10}", re.ASCII)


class IdField(serializers.IntegerField):
    """A whole number of JSON: no text, no fraction, no truth value."""

    def __init__(self, *, min_value: int = 1, **options: Any) -> None:
        super().__init__(min_value=min_value, max_value=LARGEST_ID, **options)

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return data


class NumberInAddress(serializers.IntegerField):
    """A number in the query of an address, in plain digits."""

    def __init__(self, *, max_value: int = LARGEST_ID, **options: Any) -> None:
        super().__init__(min_value=1, max_value=max_value, required=False, **options)

    def to_internal_value(self, data: Any) -> int:
        if not _NUMBER.fullmatch(str(data)):
            self.fail("invalid")
        return int(data)


@extend_schema_field({"type": "integer", "enum": [0, 1]})
class Switch(serializers.Field[bool, str, int, Any]):
    """1 or 0 in the query of an address."""

    default_error_messages: ClassVar = {"invalid": "This is 1 or 0."}

    def to_internal_value(self, data: Any) -> bool:
        if data not in ("0", "1"):
            self.fail("invalid")
        return bool(data == "1")

    def to_representation(self, value: bool) -> int:
        return int(value)


class TitleField(serializers.CharField):
    """What a title may be is the domain's to say."""

    def __init__(self, **options: Any) -> None:
        longest = titles.LONGEST
        super().__init__(trim_whitespace=False, max_length=longest, **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            return titles.parse(data)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None


class ColorField(serializers.RegexField):
    default_error_messages: ClassVar = {"invalid": "A colour is six hex digits, such as 00C4FB."}

    def __init__(self, **options: Any) -> None:
        super().__init__(COLOR, trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        # `$` of Python would let a line end follow.
        if not isinstance(data, str) or not re.fullmatch(COLOR, data):
            self.fail("invalid")
        return data


class OrderField(serializers.ListField):
    """Ids of stages, each once."""

    child = IdField()
    default_error_messages: ClassVar = {
        "too_long": f"An order has at most {LONGEST_ORDER} stages.",
        "twice": "A stage is named more than once.",
    }

    def to_internal_value(self, data: Any) -> list[int]:
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        if len(data) > LONGEST_ORDER:
            self.fail("too_long")
        ids: list[int] = super().to_internal_value(data)
        if len(set(ids)) != len(ids):
            self.fail("twice")
        return ids


@extend_schema_field(REF_SCHEMA)
class BoardField(serializers.CharField):
    default_error_messages: ClassVar = {"invalid": "A board is group-<ID> or my-planner."}

    def to_internal_value(self, data: Any) -> Any:
        try:
            return BoardRef.parse(str(data))
        except ValueError:
            self.fail("invalid")
