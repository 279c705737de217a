"""Sharing a webhook: who may, with whom, for which groups, and until when."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.models import Change, Credential, Portal, Share
from stages.services import (
    boards,
    connections,
    sharing,
    visits,
)
from stages.services.changes import listing
from stages.services.connections import Connection
from tests import factories, portal
from tests.conftest import Connect
from tests.services.lent import RELAUNCH, ROADMAP, lend, refusal, visit


def refused(ada: Connection, **terms: Any) -> str:
    """Return why something is not shared, having looked that it is not."""
    asked = {"user_name": "bob", "may_edit": True, "group_ids": [RELAUNCH.entity_id], **terms}
    why = refusal(lambda: sharing.share(connection=ada, **asked))
    assert not Share.objects.exists()
    assert not Change.objects.exists()
    return why.message


def test_a_share_that_ends_closes_the_portal_at_once(ada: Connection, bob: User) -> None:
    lend(ada)
    visit(bob)
    (share,) = sharing.overview(connection=ada).shares
    assert sharing.end(connection=ada, share_id=share.id) == "bob"
    assert refusal(lambda: visit(bob)).status == 404
    assert refusal(lambda: sharing.end(connection=ada, share_id=share.id)).status == 404


def test_a_share_can_be_changed(ada: Connection, bob: User) -> None:
    lend(ada)
    (share,) = sharing.overview(connection=ada).shares
    sharing.change(connection=ada, share_id=share.id, may_edit=False, group_ids=[ROADMAP.entity_id])
    connection = visit(bob)
    assert [board.ref for board in boards.list_boards(connection=connection)] == [ROADMAP]
    assert connection.grant
    assert not connection.grant.may_edit


def test_sharing_is_noted_down(ada: Connection, bob: User) -> None:
    lend(ada, RELAUNCH)
    (share,) = sharing.overview(connection=ada).shares
    sharing.end(connection=ada, share_id=share.id)
    told = [entry.sentence for entry in listing.changes(connection=ada).entries]
    assert told == [
        f"No longer shared: with {bob.username}.",
        f"Shared: with {bob.username}, who may edit, boards Website relaunch.",
    ]


def test_ones_own_connection_is_used_before_a_shared_one(
    ada: Connection, bob: User, sandbox: Sandbox
) -> None:
    lend(ada)
    own = factories.credential(sandbox, "member")
    own.user = bob
    own.save()
    connection = visit(bob)
    assert (connection.id, connection.grant) == (own.pk, None)
    assert sharing.overview(connection=ada).shares[0].own


@pytest.mark.usefixtures("bob")
@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"user_name": "nobody"}, "no user called"),
        ({"user_name": "admin"}, "with yourself"),
        ({"group_ids": []}, "at least one group"),
        ({"group_ids": [0]}, "not there"),
        ({"group_ids": [portal.RELAUNCH, 999_999]}, "not there"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    ada: Connection, terms: dict[str, object], said: str
) -> None:
    assert said in refused(ada, **terms)


def test_only_an_administrator_shares(connect: Connect, bob: User, settings: Settings) -> None:
    settings.BITRIX24_WEBHOOK = None
    lena = connect("lead")
    assert "administrator" in refused(lena)
    assert "administrator" in sharing.overview(connection=lena).why_not
    User.objects.filter(pk=lena.actor.user_id).update(is_superuser=True)
    lend(lena, RELAUNCH, to=bob.username)


@pytest.mark.usefixtures("bob")
def test_only_a_webhook_is_shared(ada: Connection) -> None:
    Credential.objects.update(kind=Credential.Kind.OAUTH)
    assert "Only a webhook" in refused(ada)


def test_nobody_is_lent_two_connections_to_one_portal(
    ada: Connection, bob: User, connect: Connect
) -> None:
    lena = connect("lead")
    User.objects.filter(pk=lena.actor.user_id).update(is_superuser=True)
    lend(ada)
    assert "shared already" in refusal(lambda: lend(lena, to=bob.username)).message
    assert "of their own" in refusal(lambda: lend(ada, to="lead")).message


def test_what_was_shared_is_not_shared_on(ada: Connection, bob: User) -> None:
    User.objects.create_user("carl")
    lend(ada)
    connection = visit(bob)
    assert refusal(lambda: lend(connection, to="carl")).status == 404
    assert refusal(lambda: sharing.overview(connection=connection)).status == 404


@pytest.mark.usefixtures("bob")
def test_shares_are_seen_and_ended_while_the_portal_is_down(ada: Connection) -> None:
    lend(ada)
    Portal.objects.update(base_url="http://localhost:9")
    connections.forget()
    down = visits.connect(user=User.objects.get(username="admin"))
    found = sharing.overview(connection=down)
    assert "cannot be reached" in found.why_not
    sharing.end(connection=down, share_id=found.shares[0].id)
    assert not Share.objects.exists()
