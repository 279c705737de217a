"""The seeded company is the one that was promised, and the same every time."""

from __future__ import annotations

from sandbox.portal import Portal

ADA, LENA, MAX = 1, 2, 3


def roles(portal: Portal, person: int) -> dict[int, str]:
    return {
        group.id: group.members[person]
        for group in portal.groups.values()
        if person in group.members
    }


def test_it_is_the_same_at_every_start() -> None:
    assert Portal().snapshot() == Portal().snapshot()


def test_it_has_the_promised_size() -> None:
    portal = Portal()
    assert (len(portal.users), len(portal.groups), len(portal.tasks)) == (12, 40, 300)
    assert [user.id for user in portal.users.values() if not user.active] == [12]
    assert [user.id for user in portal.users.values() if user.admin] == [ADA]


def test_the_three_people_have_the_promised_roles() -> None:
    portal = Portal()
    assert {number: role for number, role in roles(portal, ADA).items() if role == "A"} == {
        24: "A",
        25: "A",
        26: "A",
    }
    assert set(roles(portal, ADA).values()) == {"A", "E", "K"}
    assert [number for number, role in roles(portal, LENA).items() if role == "A"] == list(
        range(10, 18)
    )
    assert "E" in roles(portal, LENA).values()
    assert set(roles(portal, MAX).values()) == {"K"}
    assert all(len(roles(portal, person)) < 40 for person in (ADA, LENA, MAX))


def test_every_kind_of_group_occurs() -> None:
    groups = Portal().groups.values()
    assert {group.kind for group in groups} == {"group", "project", "scrum", "collab"}
    assert {group.access for group in groups} == {"open", "closed", "secret"}
    assert any(group.closed for group in groups)


def test_boards_have_the_promised_lengths() -> None:
    portal = Portal()
    lengths = {number: len(portal.board(f"group-{number}")) for number in portal.groups}
    assert (lengths[10], lengths[11], lengths[12], lengths[13], lengths[14]) == (5, 12, 60, 0, 3)
    others = [length for number, length in lengths.items() if number not in (12, 13)]
    assert (min(others), max(others)) == (3, 12)
    assert [len(portal.board(f"planner-{person}")) for person in (ADA, LENA, MAX)] == [4, 6, 5]


def test_one_old_board_has_an_empty_title_and_untouched_system_types() -> None:
    stages = Portal().board("group-14")
    assert [stage.system_type for stage in stages] == ["NEW", "WORK", "FINISH"]
    assert [bool(stage.title) for stage in stages] == [True, False, True]


def test_one_stage_is_full() -> None:
    portal = Portal()
    full = portal.board("group-10")[1]
    tasks = [task for task in portal.tasks.values() if task.stage_id == full.id]
    assert len(tasks) == 120
    assert sum(task.status == 5 for task in tasks) == 20
    assert sum(LENA in task.hidden_from for task in tasks) == 5


def test_tasks_lie_in_stages_of_their_own_group() -> None:
    portal = Portal()
    for task in portal.tasks.values():
        board = {stage.id for stage in portal.board(f"group-{task.group_id}")}
        assert task.stage_id in {0, *board}
        for person, stage_id in task.planner.items():
            assert portal.stages[stage_id] in portal.board(f"planner-{person}")
    assert any(task.stage_id == 0 for task in portal.tasks.values())
    assert all(any(p in t.planner for t in portal.tasks.values()) for p in (ADA, LENA, MAX))
