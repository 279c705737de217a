"""The control address and the page."""

from __future__ import annotations

import json

import pytest

from sandbox.server import Sandbox
from tests.sandbox.oauth import call, pair, refresh
from tests.sandbox.wire import FORM_TYPE, JSON_TYPE, Answer, Wire, send


def post(portal: Sandbox, path: str, **values: object) -> Answer:
    body = json.dumps(values).encode()
    return send(f"{portal.url}/sandbox/{path}", verb="POST", body=body, headers=JSON_TYPE)


def test_requests_are_recorded_without_secrets(portal: Sandbox, lena: Wire) -> None:
    lena.post("batch", cmd={"a": "user.admin", "b": "task.stages.delete?id=1"})
    send(f"{portal.url}/rest/profile?auth=token-abc&aplogin=2&ap=sandbox-lead")
    answer = send(f"{portal.url}/sandbox/requests")
    first, second = answer.body
    assert (first["method"], first["person"], first["status"]) == ("batch", 2, 200)
    assert first["commands"] == [
        {"name": "a", "method": "user.admin", "params": {}, "ok": True},
        {"name": "b", "method": "task.stages.delete", "params": {"id": "1"}, "ok": False},
    ]
    assert (second["status"], second["error"], second["params"]) == (401, "invalid_token", {})
    assert "sandbox-lead" not in json.dumps(answer.body)
    assert "token-abc" not in json.dumps(answer.body)


def test_requests_can_be_cleared(portal: Sandbox, lena: Wire) -> None:
    lena.get("user.admin")
    assert send(f"{portal.url}/sandbox/requests", verb="DELETE").status == 200
    assert portal.requests == []


def test_the_state_shows_boards_in_order(portal: Sandbox, lena: Wire) -> None:
    lena.post("task.stages.update", id=5, fields={"AFTER_ID": 0})
    state = send(f"{portal.url}/sandbox/state").body
    assert [stage["id"] for stage in state["boards"]["group-10"]] == [5, 1, 2, 3, 4]
    assert set(state["boards"]["planner-2"][0]) == {"id", "title", "color", "sort", "system_type"}
    assert state["groups"][0]["members"]["2"] == "A"
    assert (len(state["users"]), len(state["tasks"])) == (12, 300)


def test_a_reset_brings_everything_back(portal: Sandbox, lena: Wire) -> None:
    lena.post("task.stages.update", id=2, fields={"TITLE": "Changed"})
    portal.switches.set(doc_variant=True)
    portal.faults.arm("limit")
    assert post(portal, "reset").status == 200
    assert portal.portal.stages[2].title == "In progress"
    assert not portal.switches.doc_variant
    assert portal.switches.bucket == "off"
    assert (portal.faults.armed(), portal.requests) == ([], [])


def test_switches_are_read_and_set(portal: Sandbox) -> None:
    assert post(portal, "switches", doc_variant=True).body["doc_variant"] is True
    assert send(f"{portal.url}/sandbox/switches").body["doc_variant"] is True


@pytest.mark.parametrize(
    "values",
    [{"nonsense": True}, {"doc_variant": "maybe"}, {"bucket": "huge"}, {"language": "xx"}],
)
def test_wrong_switches_are_refused_whole(portal: Sandbox, values: dict[str, object]) -> None:
    assert post(portal, "switches", rpa_flat=True, **values).status == 400
    assert not portal.switches.rpa_flat


def test_faults_are_armed_listed_and_cleared(portal: Sandbox, lena: Wire) -> None:
    armed = post(portal, "faults", name="limit", times=2, method="user.admin").body
    assert (armed[0]["name"], armed[0]["times"]) == ("limit", 2)
    assert lena.get("user.admin").status == 503
    assert send(f"{portal.url}/sandbox/faults", verb="DELETE").status == 200
    assert lena.get("user.admin").status == 200
    assert post(portal, "faults", name="nonsense").status == 400
    assert post(portal, "faults", wrong="limit").status == 400


def test_lasting_faults_and_those_of_the_authorization_server(portal: Sandbox, lena: Wire) -> None:
    (armed,) = post(portal, "faults", name="limit", lasting=True).body
    assert armed["times"] is None
    assert [lena.get("profile").status for _ in range(3)] == [503] * 3
    (armed,) = post(portal, "oauth/faults", name="html_503", method="app.info").body
    assert portal.oauth_faults.armed()[0].method == "app.info"
    assert send(f"{portal.url}/sandbox/oauth/faults").body == [armed]
    assert post(portal, "calm").status == 200
    assert (portal.faults.armed(), portal.oauth_faults.armed()) == ([], [])


def test_tokens_expire_and_time_passes_on_demand(portal: Sandbox) -> None:
    first, second = pair(portal), pair(portal)
    post(portal, "tokens/expire")
    assert call(portal, first.access, "profile").error == (401, "expired_token")
    new = refresh(portal, second.refresh).body["access_token"]
    assert call(portal, new, "profile").status == 200
    post(portal, "tokens/advance", seconds=3601)
    assert call(portal, new, "profile").error == (401, "expired_token")
    assert post(portal, "tokens/advance").status == 400


def test_executed_writes_are_told(portal: Sandbox, lena: Wire) -> None:
    lena.post("task.stages.update", id=2, fields={"TITLE": "Changed"})
    (write,) = send(f"{portal.url}/sandbox/writes").body
    assert (write["person"], write["method"], write["ok"]) == (2, "task.stages.update", True)


def test_another_sites_page_changes_nothing(portal: Sandbox) -> None:
    portal.faults.arm("limit")
    for origin in ("https://evil.example", "null", "http://localhost:1"):
        headers = {**JSON_TYPE, "Origin": origin}
        url = f"{portal.url}/sandbox/reset"
        assert send(url, verb="POST", body=b"{}", headers=headers).status == 403
    assert portal.faults.armed()
    own = {**FORM_TYPE, "Origin": portal.url}
    answer = send(f"{portal.url}/sandbox/reset", verb="POST", body=b"", headers=own)
    assert (answer.status, answer.headers["Location"]) == (303, "/devops/")
    assert portal.faults.armed() == []


def test_only_loopback_names_are_served(portal: Sandbox) -> None:
    answer = send(f"{portal.url}/sandbox/state", headers={"Host": "rebound.example"})
    assert answer.status == 403


def test_the_pages_forms_work(portal: Sandbox) -> None:
    body = b"name=limit&times=&method=&seconds=&code=&status=&after="
    url = f"{portal.url}/sandbox"
    assert send(f"{url}/faults", verb="POST", body=body, headers=FORM_TYPE).status == 303
    assert [fault.times for fault in portal.faults.armed()] == [1]
    assert send(f"{url}/calm", verb="POST", body=b"", headers=FORM_TYPE).status == 303
    for form in (b"doc_variant=on", b"bucket=enterprise"):
        send(f"{url}/switches", verb="POST", body=form, headers=FORM_TYPE)
    assert (portal.switches.doc_variant, portal.switches.bucket) == (True, "enterprise")
