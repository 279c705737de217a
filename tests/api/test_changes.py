"""The history as programs see it: with the rights of whose token it is, or as administrator."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from tests import portal
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
    assert stranger.get("boards/group-12/").error == (403, "ACCESS_DENIED")
    assert {row["board"] for row in stranger.get("changes/").body["results"]} == {None}
    assert stranger.get("changes/?board=group-12").body["results"] == []
    assert stranger.get(f"changes/{change['id']}/").error == (404, "NOT_FOUND")
    assert stranger.post(f"changes/{change['id']}/undo/").error == (404, "NOT_FOUND")


@pytest.mark.django_db(transaction=True)  # what takes long is done in a thread of its own
def test_an_administrator_sees_and_undoes_what_they_did_as_such(programs: Programs) -> None:
    admin, plain = programs("admin", may_act_as_admin=True), programs("admin")
    rename(admin, "group-33", "?as_admin=1")
    assert admin.get("changes/?board=group-33").body["results"] == []
    assert plain.get("changes/?board=group-33&as_admin=1").error == (403, "ACCESS_DENIED")
    (change,) = admin.get("changes/?board=group-33&as_admin=1").body["results"]
    assert change["can_undo"]
    assert admin.get(f"changes/{change['id']}/").error == (404, "NOT_FOUND")
    assert admin.get(f"changes/{change['id']}/?as_admin=1").status == 200
    assert admin.post(f"changes/{change['id']}/undo/?as_admin=1").status == 200


@pytest.mark.django_db(transaction=True)  # what takes long is done in a thread of its own
def test_an_undo_takes_three_requests_though_nothing_is_cached(
    sandbox: Sandbox, programs: Programs, settings: Settings
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    lead = programs("lead")
    rename(lead, "group-10")
    (change,) = lead.get("changes/?board=group-10").body["results"]
    sandbox.clear_requests()
    undo = lead.post(f"changes/{change['id']}/undo/")
    assert (undo.status, undo.body["before"]["title"]) == (200, "Renamed")
    assert len(sandbox.requests) == 3


@pytest.mark.django_db(transaction=True)  # what takes long is done in a thread of its own
def test_who_may_not_read_a_board_any_more_undoes_nothing_there(
    sandbox: Sandbox, programs: Programs
) -> None:
    lead = programs("lead")
    rename(lead, "group-12")
    (change,) = lead.get("changes/?board=group-12").body["results"]
    sandbox.portal.groups[12].members = {1: "A"}
    before = portal.as_stored(sandbox, "group-12")
    undo = lead.post(f"changes/{change['id']}/undo/")
    assert undo.error == (403, "ACCESS_DENIED")
    assert portal.as_stored(sandbox, "group-12") == before
    cache.clear()  # which knows for a while what the person may read
    assert lead.get(f"changes/{change['id']}/").error == (404, "NOT_FOUND")
