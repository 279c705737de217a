"""Who has no connection to a portal finds nothing of it, at whatever address.

The addresses come from the resolver: a new one is walked too, and has to be told here only where
it is open on purpose, or has a part in its path that no other has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from sandbox.server import Sandbox
from stages.domain.actor import Source
from stages.models import Change, Credential, Portal
from stages.services import api_tokens, connections, visits
from tests import factories, portal
from tests.api.program import Program
from tests.web import addresses

# Addresses that belong to no portal, with those that may see them.
OPEN_TO_ALL = {"login", "logout", "healthz", "readyz", "embed", "install", "heed_event"}
OPEN_TO_WHO_SIGNED_IN = {
    "password_change",
    "boards",  # leads to the connections
    "portals",
    "connect_webhook",
    "begin_sign_in",
    "finish_sign_in",
    "tokens",  # one's own
    "revoke_token",
    "api_docs",  # says nothing of any portal
    "api_schema",
}

# A program has to send a token there, and is told so.
FOR_PROGRAMS = "/api/"

METHODS = ("get", "post")
SENSELESS = ("INVALID", "METHOD_NOT_ALLOWED")


@pytest.fixture
def values(sandbox: Sandbox, settings: Settings, db: None) -> Iterator[dict[str, Any]]:  # noqa: ARG001 (for the rows)
    """Deploy, with Lena's portal in it, and return what the parts of paths are there."""
    settings.LOCAL = False
    settings.BITRIX24_WEBHOOK = None
    settings.PORTAL_HOSTS = {"localhost", "127.0.0.1"}
    credential = factories.credential(sandbox, "lead")
    change = Change.objects.create(
        portal=credential.portal, user=credential.user, action=Change.Action.CONNECT
    )
    yield {
        "ref": "group-10",
        "stage_id": 3,
        "change_id": change.pk,
        "slug": credential.portal.slug,
        "share_id": 1,
        "credential_id": credential.pk,
        "token_id": 1,
        "type_id": 1,
    }
    connections.forget()


# Parts that lead to something of one portal, whatever portal the address is asked on.
OF_ONE_PORTAL = {"change_id", "slug", "credential_id"}


def visitor(name: str = "") -> Client:
    client = Client(headers={"host": "127.0.0.1:8000"}, raise_request_exception=True)
    if name:
        client.force_login(User.objects.get_or_create(username=name)[0])
    return client


def stranger(sandbox: Sandbox) -> Credential:
    """Connect Max to another portal, and to this one not at all."""
    found = factories.credential(sandbox, "member")
    found.portal = Portal.objects.create(
        slug="another", base_url=found.portal.base_url.replace("localhost", "127.0.0.1")
    )
    found.save()
    return found


def walk(client: Client, paths: dict[str, str]) -> dict[str, Any]:
    """Return what each address answers other than "there is no such page", by method and path."""
    answers = {
        f"{method.upper()} {path} ({name})": getattr(client, method)(path).status_code
        for name, path in paths.items()
        for method in METHODS
    }
    return {
        asked: status
        for asked, status in answers.items()
        if status != 404 and not (status == 401 and FOR_PROGRAMS in asked)
    }


def test_the_walk_sees_the_pages_there_are(values: dict[str, Any]) -> None:
    client = visitor("lead")
    paths = {one.name: one.path(values) for one in addresses.every()}
    assert len(paths) >= 20
    assert client.get(paths["board"]).status_code == 200
    assert client.get(paths["history"]).status_code == 200


def test_who_has_no_connection_finds_nothing(values: dict[str, Any]) -> None:
    reachable = OPEN_TO_ALL | OPEN_TO_WHO_SIGNED_IN
    portals_own = [one for one in addresses.every() if one.name not in reachable]
    paths = {one.name: one.path(values) for one in portals_own}
    charlie = visitor("charlie")
    assert walk(charlie, paths) == {}
    prefix = f"/p/{values['slug']}"
    assert walk(charlie, {name: prefix + path for name, path in paths.items()}) == {}


def test_who_has_another_portal_finds_nothing_of_this_one(
    values: dict[str, Any], sandbox: Sandbox
) -> None:
    reachable = OPEN_TO_ALL | OPEN_TO_WHO_SIGNED_IN
    portals_own = [one for one in addresses.every() if one.name not in reachable]
    stranger(sandbox)
    member = visitor("member")
    assert member.get("/").status_code == 200
    prefixed = {one.name: f"/p/{values['slug']}{one.path(values)}" for one in portals_own}
    assert walk(member, prefixed) == {}
    bare = {one.name: one.path(values) for one in portals_own if one.parts & OF_ONE_PORTAL}
    assert "undo" in bare
    assert walk(member, bare) == {}


def test_a_program_with_a_token_of_another_portal_finds_nothing_of_this_one(
    values: dict[str, Any], sandbox: Sandbox
) -> None:
    credential = stranger(sandbox)
    connection = visits.use(credential=credential, user=credential.user, source=Source.API)
    program = Program(api_tokens.create(connection=connection, name="test").secret)
    for_programs = [
        one
        for one in addresses.every()
        if one.path(values).startswith(FOR_PROGRAMS) and one.name not in OPEN_TO_WHO_SIGNED_IN
    ]
    assert program.get("boards/").status == 200
    for one in for_programs:
        bare = one.path(values)
        paths = [f"/p/{values['slug']}{bare}", *([bare] if one.parts & OF_ONE_PORTAL else [])]
        for path in paths:
            for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
                answer = program.ask(method, path, {})
                # A method or a body that makes no sense is told first, whoever asks.
                assert answer.status == 404 or answer.code in SENSELESS, (method, path)
    assert portal.writes(sandbox) == []


def test_who_has_not_signed_in_is_asked_to(values: dict[str, Any]) -> None:
    for one in addresses.every():
        if one.name in OPEN_TO_ALL or one.path(values).startswith(FOR_PROGRAMS):
            continue
        for method in METHODS:
            answer = getattr(visitor(), method)(one.path(values))
            assert answer.status_code == 302, one
            assert answer.headers["Location"].startswith("/accounts/login/"), one
