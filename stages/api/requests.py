"""What requests say: the bodies, and what stands in the addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from rest_framework import serializers

from stages.api.fields import (
    BoardField,
    ColorField,
    IdField,
    NumberInAddress,
    OrderField,
    Switch,
    TitleField,
)

LARGEST_PAGE = 200
_TITLE = "1 to 255 characters, without the space around them."
_COLOR = "Six hex digits, with or without #."
_AFTER = "The stage it comes after; 0: the start."
_MOST_STRANGERS = 10  # fields nobody knows that are named in an answer


class Known(serializers.Serializer[Any]):
    """What has no field but those that are known."""

    stranger = "There is no such field."

    def to_internal_value(self, data: Any) -> Any:
        strangers = [name for name in data if name not in self.fields] if _is_map(data) else []
        wrong: dict[str, Any] = {
            _printable(name): [self.stranger] for name in strangers[:_MOST_STRANGERS]
        }
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            wrong.update(cast(dict[str, Any], error.detail))
            raise serializers.ValidationError(wrong) from None
        if wrong:
            raise serializers.ValidationError(wrong)
        return value


class Body(Known):
    default_error_messages: ClassVar = {"invalid": "The body has to be a JSON object."}


class NewStage(Body):
    title = TitleField(help_text=_TITLE)
    color = ColorField(required=False, help_text=f"{_COLOR} Without it, the portal's next one.")
    after_id = IdField(min_value=0, required=False, help_text=f"{_AFTER} Without it, the end.")


class StagePatch(Body):
    title = TitleField(required=False, help_text=_TITLE)
    color = ColorField(required=False, help_text=_COLOR)
    after_id = IdField(min_value=0, required=False, help_text=_AFTER)


class Order(Body):
    stage_ids = OrderField(help_text="Every stage of the board once, in the order wanted.")


class Query(Known):
    """What every address takes."""

    stranger = "This address takes no such parameter."

    probe = Switch(
        required=False, default=False, help_text="1: ask the portal even while it rests."
    )


class AdminQuery(Query):
    as_admin = Switch(
        required=False,
        default=False,
        help_text="1: act as administrator of the portal, with a token that may.",
    )


class RemovalQuery(AdminQuery):
    move_tasks_to = NumberInAddress(
        default=None, help_text="The stage its tasks go to; needed where it holds some."
    )


class PageQuery(Query):
    page = NumberInAddress(default=1, help_text="Which page, from 1.")
    page_size = NumberInAddress(
        default=50, max_value=LARGEST_PAGE, help_text="How many a page holds."
    )


class BoardsQuery(PageQuery):
    search = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=255,
        help_text="Boards whose title holds each of these words.",
    )


class ChangesQuery(AdminQuery, PageQuery):
    board = BoardField(required=False, default=None, help_text="Those of this board.")


def _is_map(data: Any) -> bool:
    return isinstance(data, Mapping)


def _printable(name: str) -> str:
    """Return a name that came from outside as text that any answer can carry."""
    return name[:40].encode("ascii", "backslashreplace").decode()
