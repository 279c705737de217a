"""The commands that edit a board."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.server import Sandbox
from stages.services import refusals
from tests import portal
from tests.commands.calling import Call

BOARD = "group-10"
BACKLOG, PROGRESS, REVIEW, READY, DONE = 1, 2, 3, 4, 5
UPDATE = "task.stages.update"

EDITS = [
    ("stage_move", BOARD, "Review", "--first"),
    ("stage_rename", BOARD, "3", "QA"),
    ("stage_recolor", BOARD, "3", "112233"),
    ("stage_add", BOARD, "QA"),
    ("stage_delete", BOARD, "2", "--move-tasks-to", "3"),
    ("board_order", BOARD, "5", "4", "3", "2", "1"),
]


def in_text(value: Any) -> Any:
    """Return JSON with its numbers as text: inside a batch everything is."""
    if isinstance(value, dict):
        return {key: in_text(one) for key, one in value.items()}
    return [in_text(one) for one in value] if isinstance(value, list) else str(value)


@pytest.mark.parametrize(
    ("place", "order"),
    [
        (("--after", "1"), [BACKLOG, REVIEW, PROGRESS, READY, DONE]),
        (("--after", "done"), [BACKLOG, PROGRESS, READY, DONE, REVIEW]),
        (("--after", "0"), [REVIEW, BACKLOG, PROGRESS, READY, DONE]),
        (("--first",), [REVIEW, BACKLOG, PROGRESS, READY, DONE]),
        (("--last",), [BACKLOG, PROGRESS, READY, DONE, REVIEW]),
    ],
)
@pytest.mark.parametrize("stage", ["3", "Review"])
def test_a_stage_moves_to_where_it_is_wanted_in_three_requests(
    call: Call, sandbox: Sandbox, stage: str, place: tuple[str, ...], order: list[int]
) -> None:
    moved = call("stage_move", BOARD, stage, *place)
    assert portal.ids(sandbox, BOARD) == order
    assert moved.out.startswith("Review is now ")
    assert len(portal.writes(sandbox)) == 1
    assert len(sandbox.requests) == 3


@pytest.mark.parametrize("place", [("--last",), ("--after", "Ready to ship")])
def test_a_stage_in_its_place_is_left_there(
    call: Call, sandbox: Sandbox, place: tuple[str, ...]
) -> None:
    assert call("stage_move", BOARD, "Done", *place).out == "Nothing had to be changed.\n"
    assert call("stage_move", BOARD, "Done", *place, "--json").json["id"] == DONE
    assert portal.writes(sandbox) == []


def test_a_stage_is_renamed(call: Call, sandbox: Sandbox) -> None:
    assert call("stage_rename", BOARD, "Review", "QA").out == "Review is now called QA.\n"
    assert portal.titles(sandbox, BOARD)[2] == "QA"


def test_a_stage_is_recoloured(call: Call, sandbox: Sandbox) -> None:
    row = call("stage_recolor", BOARD, "Review", "#abc", "--json").json
    assert (row["id"], row["color"]) == (REVIEW, "AABBCC")
    assert sandbox.portal.board(BOARD)[2].color == "AABBCC"


@pytest.mark.parametrize(
    ("place", "position"), [((), 5), (("--last",), 5), (("--first",), 0), (("--after", "1"), 1)]
)
def test_a_stage_is_added_where_it_is_wanted(
    call: Call, sandbox: Sandbox, place: tuple[str, ...], position: int
) -> None:
    row = call("stage_add", BOARD, "QA", *place, "--json").json
    assert portal.titles(sandbox, BOARD)[position] == "QA"
    assert row["id"] == portal.ids(sandbox, BOARD)[position]
    assert row["color"] == "468EE5"
    assert call("stage_add", BOARD, "QA", "--color", "112233", "--json").json["color"] == "112233"


def test_a_whole_order_takes_the_fewest_moves(call: Call, sandbox: Sandbox) -> None:
    row = call("board_order", BOARD, "Done", "1", "2", "3", "ready to ship", "--json").json
    assert portal.ids(sandbox, BOARD) == [DONE, BACKLOG, PROGRESS, REVIEW, READY]
    assert row["moves"] == 1
    assert [stage["id"] for stage in row["stages"]] == portal.ids(sandbox, BOARD)


@pytest.mark.parametrize("order", [("1", "2", "3"), ("1", "1", "2", "3", "4", "5")])
def test_an_order_names_every_stage_once(
    call: Call, sandbox: Sandbox, order: tuple[str, ...]
) -> None:
    refused = call("board_order", BOARD, *order)
    assert (refused.out, refused.code) == ("", 1)
    assert portal.writes(sandbox) == []


def test_an_order_of_an_earlier_board_is_late(call: Call, sandbox: Sandbox) -> None:
    old = [str(one) for one in portal.ids(sandbox, BOARD)]
    call("stage_add", BOARD, "QA")
    refused = call("board_order", BOARD, *old[1:], "Backlog")
    assert refused.code == 1
    assert refusals.order_outdated().message in refused.error
    assert "once" in call("board_order", BOARD, *old[1:]).error
    assert len(portal.writes(sandbox)) == 1


@pytest.mark.parametrize(
    ("title", "told"),
    [("Nothing", "no stage called “Nothing”"), ("twin", "several stages called “twin”: 4, 5")],
)
def test_a_title_has_to_fit_one_stage(call: Call, sandbox: Sandbox, title: str, told: str) -> None:
    for stage in sandbox.portal.board(BOARD)[3:]:
        stage.title = "Twin"
    refused = call("stage_move", BOARD, title, "--first")
    assert refused.code == 1
    assert told in refused.error
    assert portal.writes(sandbox) == []


def test_a_title_as_it_is_written_comes_before_one_in_other_letters(
    call: Call, sandbox: Sandbox
) -> None:
    sandbox.portal.board(BOARD)[3].title = "REVIEW"
    assert call("stage_rename", BOARD, "Review", "QA").code == 0
    assert portal.titles(sandbox, BOARD)[2:4] == ["QA", "REVIEW"]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit[0])
def test_a_dry_run_tells_what_the_edit_then_sends_and_sends_nothing(
    call: Call, sandbox: Sandbox, edit: tuple[str, ...]
) -> None:
    before = portal.as_stored(sandbox, BOARD)
    told = call(*edit, "--dry-run", "--json").json
    lines = call(*edit, "--dry-run").lines
    assert portal.writes(sandbox) == []
    assert portal.as_stored(sandbox, BOARD) == before
    assert [line.split()[0] for line in lines] == [one["method"] for one in told]
    assert call("history", "--json").json == []
    for task in sandbox.portal.tasks.values():
        task.hidden_from = frozenset()  # what the lead does not see would keep the stage
    told = call(*edit, "--dry-run", "--json").json
    assert call(*edit).code == 0
    sent = [{"method": method, "params": params} for method, params in portal.writes(sandbox)]
    assert in_text(told) == in_text(sent)


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (EDITS[0], "task.stages.update id=3 fields[AFTER_ID]=0"),
        (
            ("stage_rename", BOARD, "3", 'R&D "1"'),
            r'task.stages.update id=3 fields[TITLE]="R&D \"1\"" fields[AFTER_ID]=2',
        ),
        (EDITS[2], "task.stages.update id=3 fields[COLOR]=112233 fields[AFTER_ID]=2"),
    ],
)
def test_a_dry_run_prints_a_line_for_each_command(
    call: Call, edit: tuple[str, ...], line: str
) -> None:
    assert call(*edit, "--dry-run").lines == [line]


def test_a_dry_run_of_nothing_says_so_beside_the_data(call: Call) -> None:
    told = call("stage_move", BOARD, "Done", "--last", "--dry-run")
    assert told.out == ""
    assert told.err == "Nothing would be sent: the board is as wanted.\n"


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)])
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit[0])
def test_who_may_not_edit_is_refused(
    acting: Callable[[str], Call],
    sandbox: Sandbox,
    edit: tuple[str, ...],
    dry_run: tuple[str, ...],
) -> None:
    refused = acting("member")(*edit, *dry_run)
    assert (refused.out, refused.code) == ("", 1)
    assert "not its owner or a moderator" in refused.error
    assert portal.writes(sandbox) == []


def test_an_administrator_edits_any_board_when_asked_to(
    acting: Callable[[str], Call], sandbox: Sandbox
) -> None:
    call, board = acting("admin"), f"group-{portal.ROADMAP}"
    last = portal.ids(sandbox, board)[-1]
    edit = ("stage_move", board, str(last), "--first")
    assert call(*edit).code == 1
    assert call(*edit, "--as-admin", "--dry-run").lines == [
        f"task.stages.update id={last} fields[AFTER_ID]=0 isAdmin=true"
    ]
    assert call(*edit, "--as-admin").code == 0
    assert portal.ids(sandbox, board)[0] == last


def test_an_edit_the_portal_refuses_is_told_in_one_line(call: Call, sandbox: Sandbox) -> None:
    sandbox.faults.arm("refused_by_code", method=UPDATE, code="ACCESS_DENIED", status=400)
    refused = call("stage_rename", BOARD, "3", "QA")
    assert (refused.out, refused.code) == ("", 1)
    assert "\n" not in refused.error
    assert "Nothing was changed." in refused.error


def test_a_command_asks_a_portal_that_rests(sandbox: Sandbox, call: Call) -> None:
    sandbox.faults.arm("html", times=100)
    for _ in range(3):
        assert call("stages", BOARD).code == 1
    sandbox.faults.clear()
    assert call("stages", BOARD).code == 0
