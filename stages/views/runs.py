"""How a run, a deletion or a return of tasks, travels from one request to the next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from stages.domain import task_moves
from stages.domain.board import LARGEST_ID
from stages.domain.task_moves import Removal, Return
from stages.services import refusals


class IdsField(forms.CharField):
    """Ids as `1,2,3`."""

    def clean(self, value: Any) -> tuple[int, ...]:
        try:
            return task_moves.parse_ids(str(super().clean(value)))
        except ValueError:
            raise ValidationError("Tasks are named by their numbers.") from None


def _id_field(*, required: bool) -> forms.IntegerField:
    return forms.IntegerField(required=required, min_value=1, max_value=LARGEST_ID)


def _count_field() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=0, max_value=LARGEST_ID)


class RemovalForm(forms.Form):
    move_tasks_to = _id_field(required=False)
    moved = IdsField(required=False)
    total = _count_field()


class ReturnForm(forms.Form):
    tasks = IdsField()
    back = _count_field()
    total = _count_field()
    restored = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["from"] = _id_field(required=True)


def stage_id(text: str) -> int | None:
    """Return the number of a stage as forms name it, None for what can be none."""
    try:
        number: int | None = _id_field(required=False).clean(text)
    except ValidationError:
        return None
    return number


def removal(stage_id: int, data: QueryDict) -> Removal:
    """Return the deletion that a form asks for, or asks to go on with."""
    form = RemovalForm(data)
    if not form.is_valid():
        raise refusals.invalid("That is no stage for the tasks to go to.")
    found = form.cleaned_data
    return Removal(stage_id, found["move_tasks_to"], found["moved"], found["total"] or 0)


def return_of_tasks(stage_id: int, data: QueryDict) -> Return:
    """Return the moving back that a form asks for, or asks to go on with."""
    form = ReturnForm(data)
    if not form.is_valid():
        raise refusals.invalid("It is not clear which tasks are to come back, and from where.")
    found = form.cleaned_data
    back = found["back"] or 0
    return Return(
        stage_id,
        found["from"],
        found["tasks"],
        back=back,
        total=max(found["total"] or 0, back + len(found["tasks"])),
        restored=found["restored"],
    )


def posted(run: Removal | Return) -> dict[str, Any]:
    """Return a run as pages post edits: the stage, the end of the address, the fields."""
    fields: dict[str, Any]
    if isinstance(run, Removal):
        fields = {"moved": ",".join(map(str, run.moved)), "total": run.total}
        if run.target_id is not None:
            fields["move_tasks_to"] = run.target_id
        return {"stage": run.stage_id, "action": "delete", "fields": fields}
    fields = {
        "from": run.from_id,
        "tasks": ",".join(map(str, run.waiting)),
        "back": run.back,
        "total": run.total,
    }
    if run.restored:
        fields["restored"] = 1
    return {"stage": run.stage_id, "action": "tasks", "fields": fields}


def done(run: Removal | Return) -> int:
    return len(run.moved) if isinstance(run, Removal) else run.back


def to_continue(run: Removal | Return, change_id: int | None = None) -> dict[str, Any]:
    """Return what a script has to know to go on: what to post next, and how far it is.

    `change_id` is a change that is being undone: a deletion goes on where that is undone, a return
    of tasks does not.
    """
    on = posted(run)
    if change_id is not None:
        on["change"] = change_id if isinstance(run, Removal) else None
    return {"continue": on, "progress": {"moved": done(run), "total": run.total}}
