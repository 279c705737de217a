from __future__ import annotations

import pytest

from stages.domain.board import BoardRef
from stages.domain.placement import Destination, Placement, destination

LIST = Destination()


def opened(code: str, **options: str) -> Destination:
    return destination(Placement(code, options), person_id=2)


@pytest.mark.parametrize("code", ["SONET_GROUP_DETAIL_TAB", "TASK_GROUP_LIST_TOOLBAR"])
def test_a_groups_places_lead_to_its_board(code: str) -> None:
    assert opened(code, GROUP_ID="10") == Destination(BoardRef(10))


@pytest.mark.parametrize("group", ["", "0", "-1", "ten", "10 ", "١٠", "2147483648", "9" * 40])
def test_what_is_no_group_leads_to_the_list(group: str) -> None:
    assert opened("SONET_GROUP_DETAIL_TAB", GROUP_ID=group) == LIST


@pytest.mark.parametrize(
    ("uri", "board"),
    [
        ("/workgroups/group/10/", BoardRef(10)),
        ("/workgroups/group/10/tasks/?F_STATE=sV80", BoardRef(10)),
        ("/workgroups/group/10", BoardRef(10)),
        ("/workgroups/group/10x/", None),
        ("/workgroups/", None),
        ("https://evil.example/workgroups/group/10/", None),
        ("", None),
    ],
)
def test_the_toolbar_of_a_group_knows_it_by_the_page(uri: str, board: BoardRef | None) -> None:
    assert opened("SONET_GROUP_TOOLBAR", URI=uri) == Destination(board)


def test_the_tasks_of_a_person_lead_to_their_own_planner_only() -> None:
    assert opened("TASK_USER_LIST_TOOLBAR", USER_ID="2") == Destination(BoardRef(0))
    assert opened("TASK_USER_LIST_TOOLBAR", USER_ID="3") == Destination(foreign_planner=True)
    assert opened("TASK_USER_LIST_TOOLBAR") == LIST


@pytest.mark.parametrize("code", ["LEFT_MENU", "DEFAULT", "", "CRM_LEAD_DETAIL_TAB"])
def test_everything_else_leads_to_the_list(code: str) -> None:
    assert opened(code, GROUP_ID="10", USER_ID="2", URI="/workgroups/group/10/") == LIST
