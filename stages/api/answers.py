"""The shapes of answers, as the document describes them; `services/shapes.py` makes them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from stages.domain.stage import SystemType

_COLOR = r"^[0-9A-F]{6}$"


@extend_schema_field({"type": ["object", "null"], "additionalProperties": True})
class Values(serializers.JSONField):
    """{title, color, after_id} of one stage, {stage_ids} of an order, null where there is none."""


# Two shapes have names that no attribute of a serializer may have, or none in Python should.
Error = inline_serializer(
    "Error",
    {
        "code": serializers.CharField(help_text="For programs."),
        "detail": serializers.CharField(help_text="A sentence for people."),
        "fields": serializers.DictField(
            child=serializers.ListField(child=serializers.CharField()),
            required=False,
            help_text="What is wrong with which part of the input.",
        ),
    },
)


class StageAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()
    color = serializers.RegexField(_COLOR)
    sort = serializers.IntegerField()
    system_type = serializers.ChoiceField([one.value for one in SystemType], allow_null=True)
    is_first = serializers.BooleanField(help_text="New tasks land in the first stage.")
    task_count = serializers.IntegerField(allow_null=True, help_text="null where not known.")


class ListedBoard(serializers.Serializer[Any]):
    ref = serializers.CharField()
    kind = serializers.ChoiceField(["group", "my_planner"])
    entity_id = serializers.IntegerField()
    title = serializers.CharField()
    closed = serializers.BooleanField()
    can_edit = serializers.BooleanField()
    why_not = serializers.CharField(allow_blank=True)


class BoardAnswer(serializers.Serializer[Any]):
    ref = serializers.CharField()
    kind = serializers.ChoiceField(["group", "my_planner"])
    entity_id = serializers.IntegerField()
    title = serializers.CharField()
    can_edit = serializers.BooleanField()
    why_not = serializers.CharField(allow_blank=True)
    stages = StageAnswer(many=True)


class OrderedBoard(BoardAnswer):
    moves = serializers.IntegerField(help_text="How many moves the order took.")


class Page(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class BoardPage(Page):
    results = ListedBoard(many=True)


class ChangeAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    board = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()
    actor = serializers.CharField(help_text="Who made it.")
    acting_as = serializers.CharField(
        required=False, help_text="Whose rights they had, where those had been lent to them."
    )
    source: Any = serializers.ChoiceField(["page", "api", "command line", "frame"])
    action = serializers.CharField()
    stage_id = serializers.IntegerField(allow_null=True)
    before = Values()
    after = Values()
    undone = serializers.BooleanField()
    can_undo = serializers.BooleanField()
    why_not = serializers.CharField(allow_blank=True)


class Progress(serializers.Serializer[Any]):
    state = serializers.ChoiceField(["moving", "done", "stopped"])
    moved = serializers.IntegerField(help_text="Tasks moved so far.")
    total = serializers.IntegerField()
    detail = serializers.CharField(allow_blank=True, help_text="Why it stopped.")
    change_id = serializers.IntegerField(allow_null=True, help_text="The change it ended in.")


class ChangeDetail(ChangeAnswer):
    progress = Progress(allow_null=True, help_text="How far work is that takes long; else null.")


class ChangePage(Page):
    results = ChangeAnswer(many=True)


class Going(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="The change that says how far the work is.")
    url = serializers.URLField(help_text="Its address.")


class RpaType(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()


# As the portal documents it; what only a single stage tells is left out of a list.
RpaStage = inline_serializer(
    "RpaStage",
    {
        "id": serializers.IntegerField(),
        "name": serializers.CharField(allow_blank=True),
        "code": serializers.CharField(allow_blank=True),
        "color": serializers.RegexField(_COLOR),
        "sort": serializers.IntegerField(),
        "semantic": serializers.ChoiceField(["SUCCESS", "FAIL"], allow_null=True),
        "typeId": serializers.IntegerField(),
        "isFirst": serializers.BooleanField(),
        "isSuccess": serializers.BooleanField(),
        "isFail": serializers.BooleanField(),
        "possibleNextStages": serializers.ListField(child=serializers.IntegerField()),
        "fields": serializers.DictField(child=serializers.DictField(), required=False),
        "tasks": serializers.ListField(child=serializers.DictField(), required=False),
        "robotsCount": serializers.IntegerField(required=False),
        "permissions": serializers.DictField(child=serializers.BooleanField(), required=False),
    },
)
