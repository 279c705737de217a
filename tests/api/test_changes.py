"""The history as programs see it: with the rights of whose token it is, or as administrator."""

from __future__ import annotations

import pytest

from tests.api.conftest import Programs
from tests.api.program import Program


def rename(program: Program, board: str, query: str = "") -> None:
    stages = program.get(f"boards/{board}/{query}").body["stages"]
    path = f"boards/{board}/stages/{stages[1]['id']}/{query}"
    assert program.patch(path, {"title": "Renamed"}).status == 200


@pytest.mark.django_db(transaction=True)  # what takes long is done in a thread of its own
def test_a_visible_group_s_changes_are_its_readers(programs: Programs) -> None:
    lead, stranger = programs("lead"), programs("member")
    rename(lead, "group-12")
    (change,) = lead.get("changes/?board=group-12").body["results"]
    assert stranger.get("boards/group-12/").status == 403
    assert {row["board"] for row in stranger.get("changes/").body["results"]} == {None}
    assert stranger.get("changes/?board=group-12").body["results"] == []
    assert stranger.get(f"changes/{change['id']}/").status == 404
    assert stranger.post(f"changes/{change['id']}/undo/").status == 404


@pytest.mark.django_db(transaction=True)  # what takes long is done in a thread of its own
def test_an_administrator_sees_and_undoes_what_they_did_as_such(programs: Programs) -> None:
    admin, plain = programs("admin", may_act_as_admin=True), programs("admin")
    rename(admin, "group-33", "?as_admin=1")
    assert admin.get("changes/?board=group-33").body["results"] == []
    assert plain.get("changes/?board=group-33&as_admin=1").status == 403
    (change,) = admin.get("changes/?board=group-33&as_admin=1").body["results"]
    assert change["can_undo"]
    assert admin.get(f"changes/{change['id']}/").status == 404
    assert admin.get(f"changes/{change['id']}/?as_admin=1").status == 200
    assert admin.post(f"changes/{change['id']}/undo/?as_admin=1").status == 200
