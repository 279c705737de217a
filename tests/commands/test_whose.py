"""For whom a command acts, and on which portal."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.models import Credential
from stages.services import installation_webhook
from tests import factories
from tests.commands.calling import Call

BOARD = "group-10"


def may_edit(call: Call, *arguments: str) -> bool:
    rows = call("boards", *arguments, "--json").json
    return bool(next(row["can_edit"] for row in rows if row["ref"] == BOARD))


@pytest.fixture
def deployed(call: Call, settings: Settings) -> Call:
    settings.LOCAL = settings.USES_SANDBOX = False
    settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}
    return call


def test_a_local_installation_acts_for_its_administrator(call: Call) -> None:
    call("stage_rename", BOARD, "3", "QA")
    assert call("history", "--json").json[0]["actor"] == "admin"


def test_somebody_elses_connection_is_used_where_they_are_named(
    call: Call, sandbox: Sandbox, settings: Settings
) -> None:
    factories.credential(sandbox, "member")
    settings.LOCAL = False  # locally everybody would have the installation's webhook, too
    settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}
    assert not may_edit(call, "--user", "member")


def test_nobody_unknown_is_acted_for(call: Call) -> None:
    refused = call("boards", "--user", "nobody")
    assert (refused.out, refused.code) == ("", 1)
    assert "no user called “nobody”" in refused.error


def test_a_deployed_installation_asks_for_whom_unless_there_is_one_user(deployed: Call) -> None:
    User.objects.create_superuser("ada")
    assert may_edit(deployed)
    User.objects.create_superuser("eve")
    refused = deployed("boards")
    assert (refused.out, refused.code) == ("", 2)
    assert refused.error == "Whose connection? Name a user: --user NAME."
    assert may_edit(deployed, "--user", "eve")


def test_who_has_no_connection_is_told_so(deployed: Call) -> None:
    User.objects.create_user("bob")
    refused = deployed("boards", "--user", "bob")
    assert refused.code == 1
    assert refused.error.startswith("You have no connection")


def test_who_is_no_longer_active_is_not_acted_for(deployed: Call) -> None:
    User.objects.create_superuser("ada", is_active=False)
    assert deployed("boards", "--user", "ada").code == 1


def test_one_of_several_portals_has_to_be_named(call: Call) -> None:
    assert call("boards").code == 0
    here = Credential.objects.get()
    other = installation_webhook.portal_at(base_url="https://other.example.com")
    Credential.objects.create(
        portal=other, user=here.user, kind=Credential.Kind.WEBHOOK, person_id=1, secret="s3cret"
    )
    refused = call("boards")
    slugs = ", ".join(sorted((here.portal.slug, other.slug)))
    assert (refused.out, refused.code) == ("", 2)
    assert refused.error == f"Which portal? Name one: --portal SLUG ({slugs})."
    assert may_edit(call, "--portal", here.portal.slug)
    assert call("boards", "--portal", "nowhere").code == 1
