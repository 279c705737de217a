"""The forms of the pages; what a title or a colour may be is the domain's to say."""

from __future__ import annotations

from typing import Any, TypedDict, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from stages.domain import title as titles
from stages.domain.board import LARGEST_ID, Board, BoardRef
from stages.domain.color import Color
from stages.domain.stage import Stage
from stages.services.api_tokens import LONGEST_NAME
from stages.services.writing import Manner


class Wanted(TypedDict):
    """Which part of the history a page shows."""

    board: BoardRef | None
    person: int | None
    page: int
    as_admin: bool


class TitleField(forms.CharField):
    def __init__(self) -> None:
        # The browser counts UTF-16 units where the portal counts characters, so it may stop an
        # emoji early: the limit is left to the server, which says what is wrong.
        super().__init__(label="Stage title", strip=False, widget=forms.TextInput({"size": 40}))

    def clean(self, value: Any) -> str:
        try:
            return titles.parse(str(value or ""))
        except ValueError as error:
            raise ValidationError(str(error)) from None


class ColorField(forms.CharField):
    def __init__(self, *, required: bool = True) -> None:
        widget = forms.TextInput({"type": "color", "list": "default-colors"})
        super().__init__(label="Colour", widget=widget, required=required)

    def clean(self, value: Any) -> str:
        if not value and not self.required:
            return ""
        try:
            return Color.parse(str(value or "")).digits
        except ValueError:
            raise ValidationError("A colour is six hex digits, such as #00C4FB.") from None


class ShownField(forms.JSONField):
    """The board as the page showed it: `[[id, "name", "RRGGBB"], …]`; None where it is no such."""

    def clean(self, value: Any) -> Any:
        try:
            rows = super().clean(value) or []
            return tuple(
                Stage(int(stage_id), _encodable(str(name)), Color.parse(str(color)), sort=0)
                for stage_id, name, color in rows
            )
        except (ValidationError, TypeError, ValueError, OverflowError, RecursionError):
            return ()


def _encodable(text: str) -> str:
    """Return the text; ValueError for half of a surrogate pair, which JSON can spell."""
    text.encode()
    return text


class MannerForm(forms.Form):
    """How an edit is made; sent along by scripts, and by every form acting as administrator."""

    as_admin = forms.BooleanField(required=False)
    force = forms.BooleanField(required=False)
    shown = ShownField(required=False)

    def manner(self, ref: BoardRef) -> Manner:
        """Return what the services want to know; nothing a page sends here can be wrong."""
        self.is_valid()
        stages = self.cleaned_data["shown"]
        return {
            "as_admin": self.cleaned_data["as_admin"],
            "force": self.cleaned_data["force"],
            "shown": Board(ref, stages) if stages else None,
        }


class RenameForm(forms.Form):
    title = TitleField()


class RecolorForm(forms.Form):
    color = ColorField()


class MoveForm(forms.Form):
    """The stage to come after, 0 for the start; which stages there are is the portal's to say."""

    after_id = forms.IntegerField(
        label="Position", min_value=0, max_value=LARGEST_ID, widget=forms.Select
    )

    def offer_places(self, board: Board, *, without: int | None = None) -> None:
        """Show the places there are on a board, not counting the stage that is to be moved."""
        others = [stage for stage in board.stages if stage.id != without]
        self.fields["after_id"].widget = forms.Select(
            choices=[
                (0, "1: at the start"),
                *((stage.id, f"{n}: after {stage.name}") for n, stage in enumerate(others, 2)),
            ]
        )


class StageForm(MoveForm):
    """All there is to change about a stage, in one form."""

    title = TitleField()
    color = ColorField()

    field_order = ("title", "color", "after_id")


class AddForm(MoveForm):
    """A new stage; without a colour it gets the next of the portal's defaults."""

    title = TitleField()
    color = ColorField(required=False)
    # Names one opening of the form, so that sending it twice adds one stage.
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = ("title", "color", "after_id")


class HistoryForm(forms.Form):
    """Which changes are wanted; what makes no sense in an address is as if it were not there."""

    board = forms.CharField(required=False)
    person = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    page = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    as_admin = forms.BooleanField(required=False)

    def clean_board(self) -> BoardRef | None:
        try:
            return BoardRef.parse(self.cleaned_data["board"])
        except ValueError:
            return None

    def wanted(self) -> Wanted:
        self.is_valid()
        found = self.cleaned_data
        return {
            "board": found.get("board"),
            "person": found.get("person"),
            "page": found.get("page") or 1,
            "as_admin": found["as_admin"],
        }


class WebhookForm(forms.Form):
    webhook = forms.CharField(
        label="Address of the webhook",
        max_length=500,
        # A password; it is not put into a page again.
        widget=forms.PasswordInput({"size": 60, "autocomplete": "off", "spellcheck": "false"}),
    )


class PortalForm(forms.Form):
    portal = forms.CharField(
        label="Address of your portal",
        max_length=300,
        widget=forms.TextInput(
            {"size": 40, "placeholder": "company.bitrix24.com", "inputmode": "url"}
        ),
    )


class TokenForm(forms.Form):
    """A token for the API, on one of the portals that are open to the person."""

    name = forms.CharField(label="What it is for", max_length=LONGEST_NAME)
    portal = forms.ChoiceField(label="Portal")
    days = forms.TypedChoiceField(
        label="Good for",
        choices=[
            ("30", "30 days"),
            ("90", "90 days"),
            ("365", "a year"),
            ("", "ever: it does not end by itself"),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    may_act_as_admin = forms.BooleanField(
        label="May act as administrator of the portal", required=False
    )
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, portals: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"days": "90", "once": uuid4()})
        cast(forms.ChoiceField, self.fields["portal"]).choices = portals
