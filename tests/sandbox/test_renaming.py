"""A portal that takes another name (check 27)."""

from __future__ import annotations

from sandbox.server import Sandbox
from tests.sandbox.oauth import ADA, app_info, call, pair, refresh
from tests.sandbox.wire import Wire, send


def test_27_the_old_name_leads_to_the_new_one(portal: Sandbox, lena: Wire) -> None:
    old, port = portal.domain, portal.domain.rpartition(":")[2]
    portal.rename("127.0.0.1")
    assert portal.domain == f"127.0.0.1:{port}" != old
    answer = lena.post("task.stages.update", id=2, fields={"TITLE": "Changed"})
    assert answer.status == 302
    location = f"http://127.0.0.1:{port}/rest/2/sandbox-lead/task.stages.update"
    assert answer.headers["Location"] == location
    assert (portal.requests, portal.writes) == ([], [])
    assert Wire(f"http://{portal.domain}/rest/2/sandbox-lead/").get("profile").status == 200


def test_the_authorization_server_knows_the_new_name(portal: Sandbox) -> None:
    tokens = pair(portal)
    member_id = portal.member_id
    portal.rename("127.0.0.1")
    told = app_info(portal, tokens.access).result["install"]
    assert (told["domain"], told["member_id"]) == (portal.domain, member_id)
    renewed = refresh(portal, tokens.refresh).body
    assert renewed["client_endpoint"] == f"http://{portal.domain}/rest/"
    assert portal.open_app(ADA).domain == portal.domain
    assert call(portal, tokens.access, "profile").status == 302


def test_a_reset_gives_the_first_name_back(portal: Sandbox, lena: Wire) -> None:
    old = portal.domain
    assert send(f"{portal.url}/sandbox/rename", verb="POST", body=b'{"name": "127.0.0.1"}').body
    assert send(f"{portal.url}/sandbox/reset", verb="POST", body=b"").status == 200
    assert portal.domain == old
    assert lena.get("profile").status == 200
