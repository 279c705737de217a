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
    id = serializers.IntegerField(help_text="The portal's number for it.")
    title = serializers.CharField(help_text="As the board shows it.")
    color = serializers.RegexField(_COLOR, help_text="RRGGBB.")
    sort = serializers.IntegerField(
        help_text="The portal's number for its place; the order counts, not the number."
    )
    system_type = serializers.ChoiceField(
        [one.value for one in SystemType],
        allow_null=True,
        help_text="The portal's own stages; null for all others.",
    )
    is_first = serializers.BooleanField(help_text="New tasks land in the first stage.")
    task_count = serializers.IntegerField(allow_null=True, help_text="null where not known.")


class _Board(serializers.Serializer[Any]):
    ref = serializers.CharField(help_text="What the board is called in addresses.")
    kind = serializers.ChoiceField(
        ["group", "my_planner"],
        help_text="A group's Kanban, or the planner of whose rights the token has.",
    )
    entity_id = serializers.IntegerField(help_text="The group's number; 0 for the planner.")
    title = serializers.CharField(help_text="The group's name, or My Planner.")
    can_edit = serializers.BooleanField(
        help_text="Whether its stages may be edited with these rights."
    )
    why_not = serializers.CharField(
        allow_blank=True, help_text="Why not, in words; empty where they may."
    )


class ListedBoard(_Board):
    closed = serializers.BooleanField(help_text="Whether the group is closed.")


class BoardAnswer(_Board):
    stages = StageAnswer(many=True, help_text="In their order.")


class OrderedBoard(BoardAnswer):
    moves = serializers.IntegerField(help_text="How many moves the order took.")


class Page(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text="How many there are on all pages.")
    next = serializers.URLField(
        allow_null=True, help_text="The address of the next page; null on the last."
    )
    previous = serializers.URLField(
        allow_null=True, help_text="The address of the page before; null on the first."
    )


class BoardPage(Page):
    results = ListedBoard(many=True, help_text="The boards of this page.")


class ChangeAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="By which it is read and undone.")
    board = serializers.CharField(
        allow_null=True,
        help_text="The board it was made on; null for what concerns none, as tokens.",
    )
    at = serializers.DateTimeField(help_text="When.")
    actor = serializers.CharField(help_text="Who made it.")
    acting_as = serializers.CharField(
        required=False, help_text="Whose rights they had, where those had been lent to them."
    )
    source: Any = serializers.ChoiceField(
        ["page", "api", "command line", "frame"], help_text="By which way it was made."
    )
    action = serializers.CharField(help_text="What was done, in a word.")
    stage_id = serializers.IntegerField(
        allow_null=True,
        help_text="The one stage it was about; null where there were several, or none.",
    )
    before = Values(help_text="What was before.")
    after = Values(help_text="What was after.")
    undone = serializers.BooleanField(help_text="Whether it was taken back.")
    can_undo = serializers.BooleanField(
        help_text="Whether it can be undone, as far as is known without asking the portal."
    )
    why_not = serializers.CharField(
        allow_blank=True, help_text="Why not, in words; empty where it can."
    )


class Progress(serializers.Serializer[Any]):
    state = serializers.ChoiceField(
        ["moving", "done", "stopped"], help_text="Whether it goes on, is done, or has stopped."
    )
    moved = serializers.IntegerField(help_text="Tasks moved so far.")
    total = serializers.IntegerField(help_text="How many there are to move.")
    detail = serializers.CharField(allow_blank=True, help_text="Why it stopped.")
    change_id = serializers.IntegerField(allow_null=True, help_text="The change it ended in.")


class ChangeDetail(ChangeAnswer):
    progress = Progress(allow_null=True, help_text="How far work is that takes long; else null.")


class ChangePage(Page):
    results = ChangeAnswer(many=True, help_text="The changes of this page.")


class Going(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="The change that says how far the work is.")
    url = serializers.URLField(help_text="Its address.")


class RpaType(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="By which its stages are read.")
    title = serializers.CharField(help_text="The process's name.")


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
