"""What add, update and delete do to a board."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from tests.sandbox.wire import Wire

BOARD = "group-11"  # Lena's, twelve stages, no tasks


@pytest.fixture
def ids(portal: Sandbox) -> list[int]:
    """Return the ids of the board's stages in order."""
    return order(portal)


def order(portal: Sandbox, board: str = BOARD) -> list[int]:
    return [stage.id for stage in portal.portal.board(board)]


def update(wire: Wire, stage_id: int, **fields: object) -> None:
    assert wire.post("task.stages.update", id=stage_id, fields=fields).result is True


def test_update_without_after_id_keeps_the_place(
    portal: Sandbox, lena: Wire, ids: list[int]
) -> None:
    update(lena, ids[4], TITLE="Renamed")
    assert order(portal) == ids
    assert portal.portal.board(BOARD)[4].title == "Renamed"


def test_update_without_after_id_goes_first_in_the_documented_variant(
    portal: Sandbox, lena: Wire, ids: list[int]
) -> None:
    portal.switches.set(doc_variant=True)
    update(lena, ids[4], TITLE="Renamed")
    assert order(portal) == [ids[4], *ids[:4], *ids[5:]]


@pytest.mark.parametrize("doc_variant", [False, True])
def test_after_id_places_the_stage_behind_that_one(
    portal: Sandbox, lena: Wire, ids: list[int], doc_variant: bool
) -> None:
    portal.switches.set(doc_variant=doc_variant)
    update(lena, ids[0], AFTER_ID=ids[2])
    assert order(portal) == [ids[1], ids[2], ids[0], *ids[3:]]


@pytest.mark.parametrize("after_id", [0, "0", "", "nonsense"])
def test_after_id_zero_places_the_stage_first(
    portal: Sandbox, lena: Wire, ids: list[int], after_id: object
) -> None:
    update(lena, ids[3], AFTER_ID=after_id)
    assert order(portal) == [ids[3], *ids[:3], *ids[4:]]


def test_its_own_id_keeps_the_place(portal: Sandbox, lena: Wire, ids: list[int]) -> None:
    update(lena, ids[3], AFTER_ID=ids[3])
    assert order(portal) == ids


@pytest.mark.parametrize("after_id", [1, 99999, -5])
def test_an_id_of_no_stage_of_this_board_places_it_last(
    portal: Sandbox, lena: Wire, ids: list[int], after_id: int
) -> None:
    update(lena, ids[3], AFTER_ID=after_id)
    assert order(portal) == [*ids[:3], *ids[4:], ids[3]]


def test_null_after_id_counts_as_absent(portal: Sandbox, lena: Wire, ids: list[int]) -> None:
    update(lena, ids[3], AFTER_ID=None)
    assert order(portal) == ids


def test_sort_is_ignored(portal: Sandbox, lena: Wire, ids: list[int]) -> None:
    update(lena, ids[3], SORT=5)
    assert order(portal) == ids


def test_every_write_renumbers_the_whole_board(portal: Sandbox, lena: Wire) -> None:
    for stage in portal.portal.board(BOARD):
        stage.sort = stage.sort * 3 + 7
    update(lena, order(portal)[5], COLOR="FF0000")
    assert [stage.sort for stage in portal.portal.board(BOARD)] == [n * 100 for n in range(1, 13)]


def test_the_first_stage_becomes_new_and_others_with_a_title_lose_their_type(
    portal: Sandbox, lena: Wire, ids: list[int]
) -> None:
    update(lena, ids[2], AFTER_ID=0)
    types = [stage.system_type for stage in portal.portal.board(BOARD)]
    assert types == ["NEW", *[""] * 11]


def test_a_stage_without_a_stored_title_keeps_its_type_through_writes(
    portal: Sandbox, lena: Wire
) -> None:
    new, work, finish = portal.portal.board("group-14")
    update(lena, finish.id, AFTER_ID=new.id)
    assert [stage.system_type for stage in (new, finish, work)] == ["NEW", "", "WORK"]


def test_an_update_that_leaves_an_empty_stored_title_alone_is_refused(
    portal: Sandbox, lena: Wire
) -> None:
    work = portal.portal.board("group-14")[1]
    shown = lena.get("task.stages.get", "entityId=14&numeric=1").result[1]["TITLE"]
    assert (work.title, shown) == ("", "In progress")
    refused = lena.post("task.stages.update", id=work.id, fields={"COLOR": "FF0000"})
    assert refused.error == (400, "EMPTY_TITLE")
    update(lena, work.id, COLOR="FF0000", TITLE=shown)


@pytest.mark.parametrize("title", ["", "  "])
def test_update_refuses_an_empty_title(lena: Wire, ids: list[int], title: str) -> None:
    answer = lena.post("task.stages.update", id=ids[1], fields={"TITLE": title})
    assert answer.error == (400, "EMPTY_TITLE")


def test_field_names_are_read_in_upper_case_only(
    portal: Sandbox, lena: Wire, ids: list[int]
) -> None:
    update(lena, ids[1], title="lower", Color="FFFFFF")
    assert portal.portal.board(BOARD)[1].title == "Under consideration"


def test_the_colour_column_holds_six_characters(
    portal: Sandbox, lena: Wire, ids: list[int]
) -> None:
    update(lena, ids[1], COLOR="#FF00AA")
    assert portal.portal.board(BOARD)[1].color == "#FF00A"


def test_add_lands_first_without_after_id_and_behind_it_otherwise(
    portal: Sandbox, lena: Wire, ids: list[int]
) -> None:
    first = lena.post("task.stages.add", fields={"TITLE": "A", "ENTITY_ID": 11}).result
    behind = lena.post(
        "task.stages.add", fields={"TITLE": "B", "ENTITY_ID": 11, "AFTER_ID": ids[0]}
    ).result
    assert order(portal) == [first, ids[0], behind, *ids[1:]]


@pytest.mark.parametrize("entity", [{}, {"ENTITY_ID": 0}, {"ENTITY_ID": -3}, {"ENTITY_ID": ""}])
def test_add_without_a_group_goes_to_the_own_planner(
    portal: Sandbox, lena: Wire, entity: dict[str, object]
) -> None:
    added = lena.post("task.stages.add", fields={"TITLE": "Mine", **entity}).result
    assert order(portal, "planner-2")[0] == added


def test_add_to_an_empty_board_creates_the_default_stages_first(
    portal: Sandbox, lena: Wire
) -> None:
    lena.post("task.stages.add", fields={"TITLE": "Pack", "ENTITY_ID": 13})
    titles = [stage.title for stage in portal.portal.board("group-13")]
    assert titles == ["Pack", "New", "In progress", "Finished"]


def test_a_stage_without_a_colour_shows_the_default_one(lena: Wire) -> None:
    added = lena.post("task.stages.add", fields={"TITLE": "A", "ENTITY_ID": 11}).result
    shown = lena.get("task.stages.get", "entityId=11").result[str(added)]
    assert (shown["COLOR"], shown["SYSTEM_TYPE"]) == ("47D1E2", "NEW")


@pytest.mark.parametrize("fields", ["plain text", 5, True])
def test_add_with_fields_that_are_no_map_breaks_php(lena: Wire, fields: object) -> None:
    answer = lena.post("task.stages.add", fields=fields)
    assert (answer.status, answer.headers["Content-Type"]) == (500, "text/html; charset=utf-8")


def test_a_title_that_is_a_map_breaks_php(lena: Wire, ids: list[int]) -> None:
    body = f"id={ids[1]}&fields[TITLE][]=x"
    assert lena.form("task.stages.update", body).status == 500


def test_moving_a_stage_first_pins_the_tasks_of_stage_0_to_the_old_first(
    portal: Sandbox, lena: Wire
) -> None:
    task = portal.portal.tasks[1]
    task.stage_id = 0
    update(lena, 4, AFTER_ID=0)
    assert task.stage_id == 1


def test_moving_the_first_stage_away_pins_them_too(portal: Sandbox, lena: Wire) -> None:
    task = portal.portal.tasks[1]
    task.stage_id = 0
    update(lena, 1, AFTER_ID=3)
    assert task.stage_id == 1


def test_other_updates_leave_the_tasks_of_stage_0_alone(portal: Sandbox, lena: Wire) -> None:
    task = portal.portal.tasks[1]
    task.stage_id = 0
    update(lena, 4, AFTER_ID=2)
    update(lena, 1, TITLE="Renamed")
    assert task.stage_id == 0


def test_delete_does_not_renumber(portal: Sandbox, lena: Wire, ids: list[int]) -> None:
    assert lena.get("task.stages.delete", f"id={ids[2]}").result is True
    assert [stage.sort for stage in portal.portal.board(BOARD)][:3] == [100, 200, 400]


def test_delete_refuses_untouched_default_stages(portal: Sandbox, lena: Wire) -> None:
    for stage in portal.portal.board("group-14"):
        assert lena.get("task.stages.delete", f"id={stage.id}").error == (400, "IS_SYSTEM")


@pytest.mark.parametrize("method", ["task.stages.update", "task.stages.delete"])
def test_an_unknown_stage_is_not_found(lena: Wire, method: str) -> None:
    answer = lena.post(method, id=99999, fields={"TITLE": "x"})
    assert answer.error == (400, "NOT_FOUND")


def test_another_persons_planner_is_closed(portal: Sandbox, lena: Wire) -> None:
    stage = portal.portal.board("planner-3")[1]
    assert lena.post("task.stages.update", id=stage.id, fields={"TITLE": "x"}).error == (
        400,
        "ACCESS_DENIED",
    )
    assert lena.get("task.stages.delete", f"id={stage.id}").error == (400, "ACCESS_DENIED")


def test_is_admin_of_a_plain_person_is_ignored(max_: Wire) -> None:
    answer = max_.post("task.stages.update", id=3, fields={"TITLE": "x"}, isAdmin=True)
    assert answer.error == (400, "ACCESS_DENIED")


def test_errors_speak_the_language_of_the_portal(portal: Sandbox, lena: Wire) -> None:
    portal.switches.set(language="ru")
    answer = lena.get("task.stages.delete", "id=99999")
    assert answer.body == {"error": "NOT_FOUND", "error_description": "Стадия не найдена"}
