"""The forms of the stage editor; what a title or a colour may be is the domain's to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from stages.domain import title as titles
from stages.domain.board import Board
from stages.domain.color import Color


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
    def __init__(self) -> None:
        widget = forms.TextInput({"type": "color", "list": "default-colors"})
        super().__init__(label="Colour", widget=widget)

    def clean(self, value: Any) -> str:
        try:
            return Color.parse(str(value or "")).digits
        except ValueError:
            raise ValidationError("A colour is six hex digits, such as #00C4FB.") from None


class RenameForm(forms.Form):
    title = TitleField()


class RecolorForm(forms.Form):
    color = ColorField()


class MoveForm(forms.Form):
    """The stage to come after, 0 for the start; which stages there are is the portal's to say."""

    after_id = forms.IntegerField(
        label="Position", min_value=0, max_value=2**53, widget=forms.Select
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


class AddForm(MoveForm):
    title = TitleField()
    color = ColorField()

    field_order = ("title", "color", "after_id")
