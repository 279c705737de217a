"""Who reads which board, and what reading creates."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire


def titles(wire: Wire, query: str) -> list[str]:
    return [stage["TITLE"] for stage in wire.get("task.stages.get", f"{query}&numeric=1").result]


@pytest.mark.parametrize("entity_id", ["", "0", "-7", "nonsense"])
def test_an_entity_that_is_not_positive_is_the_own_planner(lena: Wire, entity_id: str) -> None:
    assert titles(lena, f"entityId={entity_id}")[:2] == ["Not planned", "Today"]


def test_reading_an_empty_board_creates_default_stages(portal: Sandbox, lena: Wire) -> None:
    assert portal.portal.board("group-13") == []
    assert titles(lena, "entityId=13") == ["New", "In progress", "Finished"]
    stored = [(stage.color, stage.system_type) for stage in portal.portal.board("group-13")]
    assert stored == [("00C4FB", "NEW"), ("47D1E2", "WORK"), ("75D900", "FINISH")]


def test_with_is_admin_even_an_unknown_group_gets_default_stages(
    portal: Sandbox, ada: Wire
) -> None:
    assert ada.get("task.stages.get", "entityId=777").error == (400, "ACCESS_DENIED")
    assert portal.portal.board("group-777") == []
    assert titles(ada, "entityId=777&isAdmin=1") == ["New", "In progress", "Finished"]
    assert len(portal.portal.board("group-777")) == 3


def test_members_read_closed_groups_and_everybody_reads_open_ones(max_: Wire) -> None:
    assert max_.get("task.stages.get", "entityId=14").status == 200
    assert max_.get("task.stages.get", "entityId=35").status == 200


def test_a_visible_group_need_not_be_readable(ada: Wire) -> None:
    listed = [group["ID"] for group in ada.get("sonet_group.get", "FILTER[ID]=12").result]
    assert listed == ["12"]
    answer = ada.get("task.stages.get", "entityId=12")
    assert answer.error == (400, "ACCESS_DENIED")
    assert answer.body["error_description"] == "You cannot view tasks in this group"
    assert len(titles(ada, "entityId=12&isAdmin=1")) == 60


@pytest.mark.parametrize(("numeric", "shape"), [("0", dict), ("", dict), ("N", list)])
def test_numeric_is_judged_by_php_truth(lena: Wire, numeric: str, shape: type) -> None:
    assert type(lena.get("task.stages.get", f"entityId=10&numeric={numeric}").result) is shape


def test_awkward_titles_come_through_unharmed(lena: Wire) -> None:
    assert titles(lena, "entityId=15")[:4] == ["💡 Ideas", "R&D #1 100%", "<b>bold</b>", "研究中"]
