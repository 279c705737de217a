"""What a page tells of a database that fails, and whether it offers to repeat what was asked."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, Error, IntegrityError, InterfaceError, OperationalError
from django.test import Client

from sandbox.server import Sandbox
from stages.models import BoardLease, Change
from tests import database, portal

BOARD = "/boards/group-10/"
FAILED = "The database of this installation failed."


@pytest.fixture
def lead(lead: Client) -> Client:
    lead.raise_request_exception = False
    return lead


@pytest.fixture
def rename(sandbox: Sandbox) -> str:
    return f"{BOARD}stages/{portal.stage_id(sandbox, 'group-10', 'Review')}/rename/"


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError, DatabaseError])
@pytest.mark.parametrize("path", ["/", BOARD, "/history/"])
def test_a_page_is_offered_again_soon(lead: Client, path: str, kind: type[Error]) -> None:
    with database.failing(kind=kind):
        answer = lead.get(path)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert FAILED in answer.text
    assert "Try again" in answer.text


def test_what_the_database_does_not_take_is_a_mistake_of_ours(lead: Client) -> None:
    with database.failing(kind=IntegrityError):
        answer = lead.get("/history/")
    assert answer.status_code == 500
    assert "Something went wrong here." in answer.text


def test_an_edit_that_may_have_been_made_is_not_offered_again(lead: Client, rename: str) -> None:
    with database.failing():
        answer = lead.post(rename, {"title": "QA"})
    assert answer.status_code == 502
    assert "Retry-After" not in answer.headers
    assert "Look before you ask for it again." in answer.text
    assert "Try again" not in answer.text


@pytest.mark.django_db(transaction=True)
def test_an_edit_that_was_sent_is_told_so_and_noted_down_later(
    sandbox: Sandbox, lead: Client, rename: str
) -> None:
    with database.failing(lambda _sql: bool(portal.writes(sandbox))):
        answer = lead.post(rename, {"title": "QA"})
    assert answer.status_code == 502
    assert "Retry-After" not in answer.headers
    assert "All of it may have been done, or a part." in answer.text
    assert "Try again" not in answer.text
    BoardLease.objects.update(expires_at=None)  # as if its time were over
    with database.failing(lambda sql: sql.startswith('INSERT INTO "stages_change"')):
        assert lead.get(BOARD).status_code == 503
    lead.get(BOARD)
    assert [method for method, _ in portal.writes(sandbox)] == ["task.stages.update"]
    assert Change.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_undo_that_was_sent_is_told_as_done_when_it_is_tried_again(
    sandbox: Sandbox, lead: Client, rename: str
) -> None:
    lead.post(rename, {"title": "QA"})
    undo = f"/history/{Change.objects.get().pk}/undo/"
    with database.failing(lambda _sql: len(portal.writes(sandbox)) > 1):
        assert lead.post(undo).status_code == 502
    BoardLease.objects.update(expires_at=None)  # as if its time were over
    again = lead.post(undo, {"probe": "1"}, follow=True)
    assert "Undo: QA is now called Review." in again.text
    assert len(portal.writes(sandbox)) == 2
    assert Change.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_edit_that_can_never_be_noted_down_does_not_block_its_board(
    sandbox: Sandbox, lead: Client, rename: str
) -> None:
    with database.failing(lambda _sql: bool(portal.writes(sandbox))):
        lead.post(rename, {"title": "QA"})
    BoardLease.objects.update(expires_at=None)  # as if its time were over
    notes = 'INSERT INTO "stages_change"'
    with database.failing(lambda sql: sql.startswith(notes), kind=IntegrityError):
        assert lead.get(BOARD).status_code == 200
    assert BoardLease.objects.get().intent is None


@pytest.mark.django_db(transaction=True)
def test_a_board_that_cannot_be_let_go_of_does_not_spoil_the_edit(
    sandbox: Sandbox, lead: Client, rename: str, caplog: pytest.LogCaptureFixture
) -> None:
    def lets_go(sql: str) -> bool:
        return sql.startswith("UPDATE") and '"expires_at" = NULL' in sql

    with database.failing(lets_go):
        answer = lead.post(rename, {"title": "QA"}, follow=True)
    assert answer.status_code == 200
    assert "left to expire" in caplog.text
    assert "QA" in portal.titles(sandbox, "group-10")
