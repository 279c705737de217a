from __future__ import annotations

import json

from sandbox.server import Sandbox
from stages.domain.board import BoardRef
from stages.domain.color import Color
from stages.domain.details import StageDetails
from stages.domain.stage import Stage, SystemType
from stages.services import boards, shapes
from stages.services.connections import Connection
from tests import portal


def test_a_stage_has_what_programs_are_promised(sandbox: Sandbox, lead: Connection) -> None:
    details = boards.fetch(connection=lead, ref=BoardRef(portal.RELAUNCH))
    first, second = (shapes.stage_as_json(one) for one in details.stages[:2])
    stored = sandbox.portal.board("group-10")
    counts = details.task_counts or {}
    assert first == {
        "id": stored[0].id,
        "title": "Backlog",
        "color": stored[0].color,
        "sort": 100,
        "system_type": "NEW",
        "is_first": True,
        "task_count": counts[stored[0].id],
    }
    assert (second["is_first"], second["system_type"]) == (False, None)


def test_a_stage_stored_without_a_title_has_the_name_that_people_see() -> None:
    stage = Stage(7, "", Color("47D1E2"), sort=200, system_type=SystemType.WORK)
    row = shapes.stage_as_json(StageDetails(stage, position=2, task_count=None))
    assert (row["title"], row["system_type"]) == ("In progress", "WORK")
    assert row["task_count"] is None


def test_a_board_says_who_may_edit_it_to_who_may_not(member: Connection) -> None:
    details = boards.fetch(connection=member, ref=BoardRef(portal.RELAUNCH))
    row = json.loads(json.dumps(shapes.board_as_json(details)))
    assert (row["ref"], row["kind"], row["entity_id"]) == ("group-10", "group", 10)
    assert not row["can_edit"]
    assert "Lena Lead" in row["why_not"]
    assert [stage["title"] for stage in row["stages"]][:2] == ["Backlog", "In progress"]


def test_the_list_of_boards_says_which_are_closed_and_why_one_cannot_be_edited(
    member: Connection,
) -> None:
    rows = [shapes.listed_board_as_json(one) for one in boards.list_boards(connection=member)]
    planner = next(row for row in rows if row["kind"] == "my_planner")
    assert planner == {
        "ref": "my-planner",
        "kind": "my_planner",
        "entity_id": 0,
        "title": "My Planner",
        "closed": False,
        "can_edit": True,
        "why_not": "",
    }
    group = next(row for row in rows if row["entity_id"] == portal.RELAUNCH)
    assert group["why_not"] == "You are a member of this group, not its owner or a moderator."
