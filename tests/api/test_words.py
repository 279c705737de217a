"""What programs are told of their mistakes: all of them, and in words that fit."""

from __future__ import annotations

from sandbox.server import Sandbox
from tests import portal
from tests.api.program import Program

KEY = "group-10"
BOARD = f"boards/{KEY}/"


def test_all_that_is_wrong_is_told_at_once(sandbox: Sandbox, lead: Program) -> None:
    review = f"{BOARD}stages/{portal.stage_id(sandbox, KEY, 'Review')}/"
    answer = lead.patch(review, {"title": "", "colour": "red", "after_id": -1})
    assert answer.error == (400, "INVALID")
    assert sorted(answer.body["fields"]) == ["after_id", "colour", "title"]
    told = lead.patch(review, []).body["detail"]
    assert told.startswith("The body has to be a JSON object.")


def test_what_can_be_no_board_is_called_no_board(lead: Program) -> None:
    for path in ("boards/nope/", "boards/group-0/", "boards/nope/stages/", "boards/group-10x/"):
        answer = lead.get(path)
        assert answer.error == (404, "NOT_FOUND")
        assert answer.body["detail"].startswith("There is no such board."), path
    assert "no such address" in lead.get(f"{BOARD}nope/").body["detail"]
