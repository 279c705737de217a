from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from stages.domain.color import Color
from stages.domain.edits import AddStage, RemoveStage, RenameStage
from stages.models import Change, StageKey
from stages.services.connections import Connection
from tests.services.changes import history


def test_old_changes_go_with_the_stages_they_alone_spoke_of(lead: Connection) -> None:
    added = history.make(lead, AddStage("QA", Color("FF0000"), 5))
    assert added.added is not None
    history.make(lead, RemoveStage(added.added))
    kept = history.make(lead, RenameStage(3, "Check")).change_id
    assert kept is not None
    long_ago = timezone.now() - timedelta(days=40)
    Change.objects.exclude(pk=kept).update(at=long_ago)
    output = StringIO()
    call_command("prune_history", "--days", "30", stdout=output)
    assert "Deleted 2 changes older than 30 days, 1 stages' keys." in output.getvalue()
    assert list(Change.objects.values_list("pk", flat=True)) == [kept]
    assert set(StageKey.objects.values_list("stage_id", flat=True)) == {1, 2, 3, 4, 5}
    history.undo(lead, kept)


def test_an_undo_outlives_what_it_undid(lead: Connection) -> None:
    change = history.make(lead, RenameStage(3, "Check")).change_id
    assert change is not None
    undone = history.undo(lead, change).outcome.change_id
    Change.objects.filter(pk=change).update(at=timezone.now() - timedelta(days=40))
    call_command("prune_history", "--days", "30", stdout=StringIO())
    assert history.newest(lead).id == undone
    history.undo(lead, undone)


def test_what_is_changed_meanwhile_keeps_its_stages(lead: Connection) -> None:
    history.make(lead, RenameStage(3, "Check"))
    Change.objects.update(at=timezone.now() - timedelta(days=40))
    made: list[int | None] = []

    def meanwhile(execute: Any, sql: str, *rest: Any) -> Any:
        if '"stages_stagekey"."id" IN (' in sql and not made:
            made.append(None)
            made[0] = history.make(lead, RenameStage(4, "Ship")).change_id
        return execute(sql, *rest)

    with connection.execute_wrapper(meanwhile):
        call_command("prune_history", "--days", "30", stdout=StringIO())
    assert [entry.id for entry in history.all_of(lead)] == made
    assert set(StageKey.objects.values_list("stage_id", flat=True)) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("days", ["-1", "99999"])
@pytest.mark.django_db
def test_days_that_make_no_sense_are_refused(days: str) -> None:
    with pytest.raises(CommandError, match="it takes a number from 0 to 36500"):
        call_command("prune_history", "--days", days)


def test_the_whole_history_goes_only_where_that_is_meant(lead: Connection) -> None:
    history.make(lead, RenameStage(3, "Check"))
    with pytest.raises(CommandError, match="say --yes"):
        call_command("prune_history", "--days", "0")
    assert Change.objects.exists()
    call_command("prune_history", "--days", "0", "--yes", stdout=StringIO())
    assert not Change.objects.exists()
