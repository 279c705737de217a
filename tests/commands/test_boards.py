"""`manage.py boards` and `manage.py stages`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.server import Sandbox
from stages.domain.board import BoardRef
from stages.services import boards, shapes
from stages.services.connections import Connection
from tests import portal
from tests.commands.calling import Call

BOARD = "group-10"


def test_boards_are_listed_as_the_api_has_them(call: Call, lead: Connection) -> None:
    listed = boards.list_boards(connection=lead)
    assert call("boards", "--json").json == [shapes.listed_board_as_json(one) for one in listed]


def test_boards_are_told_apart_by_who_may_edit_them(acting: Callable[[str], Call]) -> None:
    rows = {line.split()[0]: line for line in acting("member")("boards").lines}
    assert rows["my-planner"].split()[-1] == "yes"
    assert rows[BOARD].endswith("no: only a member")
    assert "Website relaunch" in rows[BOARD]


def test_a_search_keeps_the_boards_with_each_word(call: Call) -> None:
    assert [row["ref"] for row in call("boards", "--search", "RELAUNCH web", "--json").json] == [
        BOARD
    ]
    assert call("boards", "--search", "no such board", "--json").json == []


@pytest.mark.parametrize("ref", [BOARD, "my-planner", "group-12"])
def test_stages_are_listed_as_the_api_has_them(call: Call, lead: Connection, ref: str) -> None:
    details = boards.fetch(connection=lead, ref=BoardRef.parse(ref))
    listed = call("stages", ref, "--json").json
    assert listed == [shapes.stage_as_json(one) for one in details.stages]
    assert set(listed[0]) == {
        "id",
        "title",
        "color",
        "sort",
        "system_type",
        "is_first",
        "task_count",
    }


def test_a_row_of_the_table_is_one_stage_in_the_boards_order(call: Call, sandbox: Sandbox) -> None:
    head, *rows = call("stages", BOARD).lines
    assert head.split() == ["ID", "Title", "Colour", "Tasks"]
    stored = portal.as_stored(sandbox, BOARD)
    assert [(row.split()[0], row.split()[-2]) for row in rows] == [
        (str(stage_id), color) for stage_id, _title, color in stored
    ]


def test_titles_of_all_kinds_are_shown_as_they_are(call: Call, sandbox: Sandbox) -> None:
    sandbox.portal.board(BOARD)[1].title = "[red]R&D[/red] 看板 🚀"
    assert "[red]R&D[/red] 看板 🚀" in call("stages", BOARD).out


def test_a_title_cannot_write_over_the_terminal(call: Call, sandbox: Sandbox) -> None:
    sandbox.portal.board(BOARD)[1].title = "a\x1b[2Jb\nc\u202ed"
    assert "a�[2Jb c�d" in call("stages", BOARD).out
    assert call("stages", BOARD, "--json").json[1]["title"] == "a\x1b[2Jb\nc\u202ed"


def test_a_board_is_read_in_two_requests(call: Call, sandbox: Sandbox) -> None:
    call("stages", BOARD)
    assert len(sandbox.requests) == 2


def test_a_board_that_is_not_there_is_refused_in_one_line(call: Call) -> None:
    refused = call("stages", "group-999")
    assert (refused.out, refused.code) == ("", 1)
    assert refused.error.startswith("There is no such board")
    assert "\n" not in refused.error


def test_a_board_is_read_as_administrator_only_by_one(acting: Callable[[str], Call]) -> None:
    assert "not an administrator" in acting("lead")("stages", BOARD, "--as-admin").error
    listed = acting("admin")("stages", f"group-{portal.RESEARCH}", "--as-admin", "--json")
    assert listed.json
    assert acting("admin")("stages", f"group-{portal.RESEARCH}").code == 1
