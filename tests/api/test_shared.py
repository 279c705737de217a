"""A token bound to a connection that was shared: the boards that were lent, and no more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.domain.actor import Source
from stages.domain.board import BoardRef
from stages.models import ApiToken, Change, Share
from stages.services import api_tokens, visits
from tests import factories, portal
from tests.api.conftest import Programs
from tests.api.program import Answer, Program
from tests.services.lent import RELAUNCH, ROADMAP, lend, refusal

pytestmark = pytest.mark.django_db(transaction=True)  # deletions are done in a thread of their own

Borrow = Callable[..., Program]


@pytest.fixture
def borrow(programs: Programs, sandbox: Sandbox, settings: Settings) -> Borrow:
    """Lend Ada's connection to Bob and return a program of his, with the most a token may."""
    settings.BITRIX24_WEBHOOK = None
    programs("admin")

    def of_bob(*groups: BoardRef, may_edit: bool) -> Program:
        bob = User.objects.create_user("bob", first_name="Bob", last_name="Berg")
        lend(factories.connection(sandbox, "admin"), *groups, may_edit=may_edit)
        connection = visits.connect(user=bob, source=Source.PAGE)
        made = api_tokens.create(connection=connection, name="test")
        ApiToken.objects.update(may_act_as_admin=True)
        return Program(made.secret)

    return of_bob


def edits(program: Program, ref: str, query: str = "") -> list[Answer]:
    board = f"boards/{ref}"
    return [
        program.post(f"{board}/stages/{query}", {"title": "Mine"}),
        program.patch(f"{board}/stages/3/{query}", {"title": "Mine"}),
        program.put(f"{board}/order/{query}", {"stage_ids": [3, 1]}),
        program.delete(f"{board}/stages/5/{query}"),
    ]


def codes(answers: list[Answer]) -> set[tuple[int, str]]:
    return {answer.error for answer in answers}


@pytest.mark.parametrize("may_edit", [True, False])
def test_only_what_was_lent_is_listed(borrow: Borrow, may_edit: bool) -> None:
    bob = borrow(RELAUNCH, ROADMAP, may_edit=may_edit)
    listed = bob.get("boards/").body["results"]
    assert {board["ref"]: board["can_edit"] for board in listed} == {
        "group-10": may_edit,
        "group-11": False,  # Ada is a member of it only
    }
    assert all(board["why_not"] for board in listed if not board["can_edit"])
    assert bob.get("boards/?search=office").body["count"] == 0


@pytest.mark.parametrize("may_edit", [True, False])
@pytest.mark.parametrize("ref", ["my-planner", "group-11", "group-999999"])
def test_what_was_not_lent_is_not_there(
    borrow: Borrow, sandbox: Sandbox, ref: str, may_edit: bool
) -> None:
    bob = borrow(RELAUNCH, may_edit=may_edit)
    asked = len(sandbox.requests)
    for query in ("", "?as_admin=1"):
        answers = [bob.get(f"boards/{ref}/{query}"), *edits(bob, ref, query)]
        assert codes(answers) == {(404, "NOT_FOUND")}
    assert codes([bob.get("rpa/types/"), bob.get("rpa/stages/1/")]) == {(404, "NOT_FOUND")}
    assert sandbox.requests[asked:] == []


@pytest.mark.parametrize("may_edit", [True, False])
def test_nobody_acts_as_administrator_by_it(
    borrow: Borrow, sandbox: Sandbox, may_edit: bool
) -> None:
    bob = borrow(RELAUNCH, ROADMAP, may_edit=may_edit)
    asked = len(sandbox.requests)
    for ref in ("group-10", "group-11"):
        answers = [bob.get(f"boards/{ref}/?as_admin=1"), *edits(bob, ref, "?as_admin=1")]
        assert codes(answers) == {(403, "ACCESS_DENIED")}
        assert all("never as administrator" in answer.body["detail"] for answer in answers)
    paths = ("?", "?board=group-10&", "?board=my-planner&", "999999/?")
    history = [bob.get(f"changes/{path}as_admin=1") for path in paths]
    assert codes(history) == {(403, "ACCESS_DENIED")}
    assert sandbox.requests[asked:] == []


def test_a_viewer_reads_and_changes_nothing(borrow: Borrow, sandbox: Sandbox) -> None:
    bob = borrow(RELAUNCH, may_edit=False)
    board = bob.get("boards/group-10/").body
    assert [stage["id"] for stage in board["stages"]] == portal.ids(sandbox, "group-10")
    assert (board["can_edit"], "shared with you to look at" in board["why_not"]) == (False, True)
    assert codes(edits(bob, "group-10")) == {(403, "ACCESS_DENIED")}
    assert portal.writes(sandbox) == []


def test_an_editor_edits_and_the_history_says_who_and_as_whom(
    borrow: Borrow, programs: Programs, sandbox: Sandbox
) -> None:
    bob, ada = borrow(RELAUNCH, may_edit=True), programs("admin")
    assert bob.get("boards/group-10/").body["can_edit"]
    assert bob.patch("boards/group-10/stages/3/", {"title": "Checks"}).status == 200
    made = bob.post("boards/group-10/stages/", {"title": "Mine"})
    assert made.status == 201
    order = [*portal.ids(sandbox, "group-10")[3::-1], *portal.ids(sandbox, "group-10")[4:]]
    assert bob.put("boards/group-10/order/", {"stage_ids": order}).status == 200
    assert bob.delete(f"boards/group-10/stages/{made.body['id']}/").status == 204
    rows = bob.get("changes/?board=group-10").body["results"]
    assert [row["action"] for row in rows] == ["delete", "reorder", "add", "rename"]
    for row in (*rows, *ada.get("changes/?board=group-10").body["results"]):
        assert (row["actor"], row["acting_as"], row["source"]) == ("Bob Berg", "Ada Admin", "api")
    undone = bob.post(f"changes/{rows[0]['id']}/undo/")
    assert (undone.status, undone.body["acting_as"]) == (200, "Ada Admin")
    assert ada.patch("boards/group-10/stages/3/", {"title": "Review"}).status == 200
    assert ada.get("changes/").body["results"][0].get("acting_as") is None


def test_a_viewer_undoes_nothing_and_sees_of_the_history_what_was_lent(
    borrow: Borrow, programs: Programs, sandbox: Sandbox
) -> None:
    ada, lead = programs("admin"), programs("lead")
    bob = borrow(RELAUNCH, may_edit=False)
    hidden = [
        ada.post("boards/my-planner/stages/", {"title": "Private"}),
        lead.patch(f"boards/group-11/stages/{portal.ids(sandbox, 'group-11')[1]}/", {"title": "x"}),
    ]
    assert [answer.status for answer in hidden] == [201, 200]
    private = [row["id"] for row in lead.get("changes/").body["results"] if row["board"]]
    private += [row["id"] for row in ada.get("changes/").body["results"] if row["board"]]
    assert ada.patch("boards/group-10/stages/3/", {"title": "Checks"}).status == 200
    (row,) = (row for row in bob.get("changes/").body["results"] if row["board"])
    assert (row["board"], row["can_undo"], row["actor"]) == ("group-10", False, "admin")
    assert "look at" in row["why_not"]
    for ref in ("my-planner", "group-11"):
        assert bob.get(f"changes/?board={ref}").body["results"] == []
    writes = len(portal.writes(sandbox))
    assert bob.post(f"changes/{row['id']}/undo/").error == (403, "ACCESS_DENIED")
    assert len(private) == 3
    for number in private:
        assert codes([bob.get(f"changes/{number}/"), bob.post(f"changes/{number}/undo/")]) == {
            (404, "NOT_FOUND")
        }
    assert len(portal.writes(sandbox)) == writes


def test_a_share_that_ends_or_changes_counts_from_the_next_request(
    borrow: Borrow, sandbox: Sandbox
) -> None:
    bob = borrow(RELAUNCH, may_edit=True)
    assert bob.get("boards/group-10/").status == 200
    Share.objects.update(group_ids=[portal.ROADMAP])
    assert bob.get("boards/group-10/").error == (404, "NOT_FOUND")
    Share.objects.all().delete()
    asked = len(sandbox.requests)
    for path in ("boards/", "boards/group-10/", "changes/"):
        assert codes([bob.get(path)]) == {(401, "UNAUTHORIZED")}
    assert sandbox.requests[asked:] == []


def test_a_token_of_what_is_shared_no_more_can_be_revoked(borrow: Borrow) -> None:
    borrow(RELAUNCH, may_edit=True)
    Share.objects.all().delete()
    token = ApiToken.objects.get(user__username="bob")
    api_tokens.revoke(user=token.user, named=str(token.pk))
    assert Change.objects.filter(action=Change.Action.REVOKE_TOKEN).exists()


def test_a_token_that_acts_as_administrator_is_not_made(borrow: Borrow) -> None:
    borrow(RELAUNCH, may_edit=True)
    connection = visits.connect(user=User.objects.get(username="bob"))
    make = partial(api_tokens.create, connection=connection, name="nightly")
    assert refusal(lambda: make(may_act_as_admin=True)).status == 403
    assert not ApiToken.objects.filter(name="nightly").exists()
