"""`manage.py history` and `manage.py undo`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from sandbox.server import Sandbox
from stages.domain.edits import RemoveStage
from stages.models import Change, StageKey
from stages.services.connections import Connection
from tests import portal
from tests.commands.calling import Call
from tests.services import removals
from tests.services.changes import history

BOARD = "group-10"


def last(call: Call) -> str:
    return str(call("history", "--json").json[0]["id"])


def test_changes_are_listed_the_latest_first_as_the_api_has_them(call: Call) -> None:
    call("stage_rename", BOARD, "Review", "QA")
    call("stage_move", "my-planner", call("stages", "my-planner").lines[-1].split()[0], "--first")
    move, rename = call("history", "--json").json
    assert (move["board"], move["action"]) == ("my-planner", "move")
    assert datetime.fromisoformat(rename.pop("at")).tzinfo is not None
    assert rename == {
        "id": move["id"] - 1,
        "board": BOARD,
        "actor": "admin",
        "source": "command line",
        "action": "rename",
        "stage_id": 3,
        "before": {"title": "Review", "color": "75D900", "after_id": 2},
        "after": {"title": "QA", "color": "75D900", "after_id": 2},
        "undone": False,
        "can_undo": True,
        "why_not": "",
    }


def test_the_history_of_one_board_is_its_own(call: Call) -> None:
    call("stage_rename", BOARD, "Review", "QA")
    call("stage_move", "my-planner", call("stages", "my-planner").lines[-1].split()[0], "--first")
    head, row = call("history", BOARD).lines
    assert head.split() == ["ID", "When", "Who", "Board", "What", "Undo"]
    assert "Review is now called QA." in row
    assert row.endswith("yes")


def test_no_more_changes_are_listed_than_are_asked_for(call: Call) -> None:
    for title in ("a", "b", "c"):
        call("stage_rename", BOARD, "3", title)
    assert [row["after"]["title"] for row in call("history", "--limit", "2", "--json").json] == [
        "c",
        "b",
    ]


def test_a_dry_run_of_the_history_sends_nothing_and_lists_nothing(
    call: Call, sandbox: Sandbox
) -> None:
    call("stage_rename", BOARD, "Review", "QA")
    sent = len(portal.writes(sandbox))
    told = call("history", BOARD, "--dry-run")
    assert (told.out, told.code) == ("", 0)
    assert "Nothing would be sent" in told.err
    assert call("history", BOARD, "--dry-run", "--json").json == []
    assert len(portal.writes(sandbox)) == sent


def test_a_change_is_undone_once(call: Call, sandbox: Sandbox) -> None:
    call("stage_rename", BOARD, "Review", "QA")
    change = last(call)
    undone = call("undo", change, "--json").json
    assert portal.titles(sandbox, BOARD)[2] == "Review"
    assert (undone["action"], undone["id"]) == ("rename", int(last(call)))
    refused = call("undo", change)
    assert (refused.out, refused.code) == ("", 1)
    assert "Already undone" in refused.error
    assert call("history").lines[2].endswith("undone")


def test_an_undo_is_told_in_words(call: Call) -> None:
    call("stage_rename", BOARD, "Review", "QA")
    assert call("undo", last(call)).out == "QA is now called Review.\n"


@pytest.mark.parametrize(
    "edit",
    [
        ("stage_move", BOARD, "Review", "--first"),
        ("stage_rename", BOARD, "Review", "QA"),
        ("stage_add", BOARD, "QA"),
        ("board_order", BOARD, "5", "4", "3", "2", "1"),
    ],
    ids=lambda edit: edit[0],
)
def test_a_dry_run_of_an_undo_tells_what_it_then_sends(
    call: Call, sandbox: Sandbox, edit: tuple[str, ...]
) -> None:
    before = [(title, color) for _id, title, color in portal.as_stored(sandbox, BOARD)]
    call(*edit)
    change = last(call)
    sandbox.clear_requests()
    told = call("undo", change, "--dry-run", "--json").json
    assert portal.writes(sandbox) == []
    assert call("history", "--json").json[0]["can_undo"]
    assert call("undo", change).code == 0
    assert [one["method"] for one in told] == [method for method, _ in portal.writes(sandbox)]
    assert [(title, color) for _id, title, color in portal.as_stored(sandbox, BOARD)] == before


def test_what_cannot_be_undone_is_refused_with_the_reason(call: Call, sandbox: Sandbox) -> None:
    call("stage_rename", BOARD, "Review", "QA")
    change = last(call)
    call("stage_rename", BOARD, "QA", "Check")
    sandbox.clear_requests()
    for dry_run in ((), ("--dry-run",)):
        refused = call("undo", change, *dry_run)
        assert refused.code == 1
        assert refused.error.startswith("The title has been changed since: it is “Check” now.")
    assert call("undo", "999999").code == 1
    assert portal.writes(sandbox) == []


def test_nobody_undoes_what_they_cannot_see(acting: Callable[[str], Call]) -> None:
    call = acting("lead")
    stage = call("stages", "my-planner").lines[-1].split()[0]
    call("stage_move", "my-planner", stage, "--first")
    change = last(call)
    call = acting("member")
    assert call("history", "--json").json == []
    assert "no such change" in call("undo", change).error


@pytest.fixture
def deletion(call: Call, sandbox: Sandbox, lead: Connection) -> str:
    """The change that deleted Ready to ship and moved its sixty tasks to In progress.

    One more went there with them and elsewhere since.
    """
    removals.few_tasks(sandbox, 60)
    for task in sandbox.portal.tasks.values():
        task.stage_id = 3 if task.stage_id == 4 else task.stage_id
    history.make(lead, RemoveStage(4))
    key = StageKey.objects.get(board=BOARD, stage_id=2).pk
    Change.objects.update(moved_tasks={"to": key, "ids": [*range(1, 61), 500]})
    return last(call)


def test_a_dry_run_tells_which_tasks_come_back_with_their_stage(
    call: Call, sandbox: Sandbox, deletion: str
) -> None:
    told = call("undo", deletion, "--dry-run").lines
    assert told[0].startswith('task.stages.add fields[ENTITY_ID]=10 fields[TITLE]="Ready to ship"')
    assert told[1] == 'task.stages.movetask id=1 stageId="(the stage that was added)"'
    assert len(told) == 1 + 60
    assert removals.tasks_in(sandbox, 2) == set(range(1, 61))


def test_the_tasks_of_a_deleted_stage_come_back_with_it(
    call: Call, sandbox: Sandbox, deletion: str
) -> None:
    done = call("undo", deletion)
    back = portal.stage_id(sandbox, BOARD, "Ready to ship")
    assert removals.tasks_in(sandbox, back) == set(range(1, 61))
    assert "60 of 61 tasks are back in Ready to ship; the others had gone elsewhere." in done.out


def test_tasks_that_cannot_come_back_are_told_of(
    call: Call, sandbox: Sandbox, deletion: str
) -> None:
    sandbox.faults.arm(
        "refused_by_code", method=removals.MOVE, code="ACCESS_DENIED_MOVE", status=400, after=1
    )
    stopped = call("undo", deletion)
    assert (stopped.out, stopped.code) == ("", 1)
    back = removals.tasks_in(sandbox, portal.stage_id(sandbox, BOARD, "Ready to ship"))
    assert 0 < len(back) < 60
    assert f"{len(back)} of 61 tasks are back in Ready to ship." in stopped.error
    assert stopped.error.endswith(" The same command again goes on.")
    sandbox.faults.clear()
    assert f"{60 - len(back)} tasks are back in Ready to ship." in call("undo", deletion).out
    assert "Already undone" in call("undo", deletion).error


def test_an_empty_history_says_so_beside_the_data(call: Call) -> None:
    listed = call("history", BOARD)
    assert len(listed.lines) == 1
    assert listed.err == "Nothing was changed yet that you may see.\n"
