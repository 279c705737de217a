"""Letting an application act for a person outside any frame."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from sandbox.server import Sandbox
from tests.sandbox.oauth import LENA, MAX, call, exchange
from tests.sandbox.pages import ask, fields, look

AUTHORIZE = "/oauth/authorize/"


def test_whoever_allows_it_comes_back_with_a_code(portal: Sandbox) -> None:
    path = f"{AUTHORIZE}?client_id={portal.app.client_id}&state=a%26b"
    answer = look(portal, path, LENA)
    assert "<strong>Lena Lead</strong>" in answer.body
    assert "form-action 'self' http://127.0.0.1:8000;" in answer.headers["Content-Security-Policy"]
    given = {name: fields(answer)[name] for name in ("client_id", "state")}
    answer = ask(portal, AUTHORIZE, LENA, **given)
    assert answer.status == 303
    address = urlsplit(answer.headers["Location"])
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert answer.headers["Location"].startswith(f"{portal.app.handler_url}?code=")
    assert query["state"] == "a&b"
    assert (query["domain"], query["member_id"]) == (portal.domain, portal.member_id)
    assert query["server_domain"] == portal.authority.domain
    assert "task" in query["scope"].split(",")
    token = exchange(portal, query["code"]).body["access_token"]
    assert call(portal, token, "profile").result["ID"] == str(LENA)


def test_what_cannot_be_allowed_is_told_without_returning(portal: Sandbox) -> None:
    portal.installation.without_access.add(MAX)
    for client_id, person in (("local.unknown.1", LENA), (portal.app.client_id, MAX), ("", LENA)):
        assert look(portal, f"{AUTHORIZE}?client_id={client_id}", person).status == 403
        assert ask(portal, AUTHORIZE, person, client_id=client_id).status == 403
    portal.apps.uninstall(portal.installation, clean=False)
    assert look(portal, f"{AUTHORIZE}?client_id={portal.app.client_id}").status == 403
