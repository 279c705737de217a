"""Edits that are refused before anything is sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.server import Sandbox
from stages.domain.board import BoardRef
from stages.services import stage_edits
from stages.services.connections import Connection
from stages.services.outcome import Outcome
from stages.services.refusals import Refusal
from tests import portal
from tests.conftest import Connect
from tests.services import removals

REF = BoardRef(portal.RELAUNCH)
BOARD = "group-10"


@pytest.mark.parametrize(
    "wrong",
    [{"title": title} for title in ("", "  ", "x" * 256, "a\x00b")]
    + [{"color": color} for color in ("red", "#12345", "123456789")],
    ids=str,
)
def test_a_title_or_colour_that_cannot_be_one_sends_nothing(
    sandbox: Sandbox, lead: Connection, wrong: dict[str, str]
) -> None:
    edit: Callable[..., Outcome] = stage_edits.rename if "title" in wrong else stage_edits.recolor
    with pytest.raises(Refusal) as refused:
        edit(connection=lead, ref=REF, stage_id=1, **wrong)
    assert refused.value.status == 400
    assert sandbox.requests == []


def test_a_stage_of_another_board_is_not_found_and_not_touched(
    sandbox: Sandbox, lead: Connection
) -> None:
    foreign = portal.ids(sandbox, f"group-{portal.ROADMAP}")[1]
    own = portal.ids(sandbox, BOARD)[1]
    refused_edits: list[Callable[[], Outcome]] = [
        lambda: stage_edits.rename(connection=lead, ref=REF, stage_id=foreign, title="Mine"),
        lambda: stage_edits.recolor(connection=lead, ref=REF, stage_id=foreign, color="FF0000"),
        lambda: stage_edits.move(connection=lead, ref=REF, stage_id=foreign, after_id=0),
        lambda: stage_edits.move(connection=lead, ref=REF, stage_id=own, after_id=foreign),
        lambda: removals.delete(lead, REF, foreign),
        lambda: stage_edits.add(connection=lead, ref=REF, title="QA", after_id=foreign),
    ]
    for edit in refused_edits:
        with pytest.raises(Refusal) as refused:
            edit()
        assert refused.value.status == 404
        assert refused.value.board is not None
    assert portal.writes(sandbox) == []


@pytest.mark.parametrize("name", ["member", "admin"])
def test_who_may_not_edit_sends_nothing(sandbox: Sandbox, connect: Connect, name: str) -> None:
    ref = BoardRef(portal.ROADMAP)
    second = portal.ids(sandbox, str(ref))[1]
    with pytest.raises(Refusal) as refused:
        stage_edits.rename(connection=connect(name), ref=ref, stage_id=second, title="Mine")
    assert (refused.value.status, refused.value.code) == (403, "ACCESS_DENIED")
    assert portal.writes(sandbox) == []


def test_an_unknown_board_gets_nothing(sandbox: Sandbox, lead: Connection) -> None:
    with pytest.raises(Refusal) as refused:
        stage_edits.add(connection=lead, ref=BoardRef(9999), title="QA", after_id=None)
    assert refused.value.status == 404
    assert portal.writes(sandbox) == []
