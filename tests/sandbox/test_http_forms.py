"""Call forms, bodies and envelopes."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

import pytest

from sandbox.server import Sandbox
from tests.sandbox.wire import FORM_TYPE, JSON_TYPE, Wire, send

GET_STAGES = "task.stages.get"


@pytest.mark.parametrize("suffix", ["", "/", ".json", ".json/"])
def test_a_suffix_and_a_trailing_slash_are_optional(lena: Wire, suffix: str) -> None:
    assert lena.get(GET_STAGES + suffix, "entityId=10").status == 200


def test_xml_is_no_transport_of_the_sandbox(lena: Wire) -> None:
    assert lena.get("user.current.xml").error == (500, "INTERNAL_WRONG_TRANSPORT")


def test_the_body_wins_over_the_query(lena: Wire) -> None:
    for body, headers in ((b"entityId=11", FORM_TYPE), (b'{"entityId": 11}', JSON_TYPE)):
        url = f"{lena.base}{GET_STAGES}?entityId=10"
        assert len(send(url, verb="POST", body=body, headers=headers).result) == 12


def test_a_multipart_body_is_a_form(lena: Wire) -> None:
    body = (
        '--x\r\nContent-Disposition: form-data; name="entityId"\r\n\r\n11\r\n'
        '--x\r\nContent-Disposition: form-data; name="numeric"\r\n\r\n1\r\n--x--\r\n'
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = send(lena.base + GET_STAGES, verb="POST", body=body.encode(), headers=headers)
    assert [stage["ENTITY_ID"] for stage in answer.result] == ["11"] * 12


def test_a_body_without_a_type_is_a_query_string(lena: Wire) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(lena.base).port)
    connection.putrequest("POST", "/rest/2/sandbox-lead/" + GET_STAGES)
    connection.putheader("Content-Length", "11")
    connection.endheaders(b"entityId=11")
    response = connection.getresponse()
    assert len(json.loads(response.read())["result"]) == 12
    connection.close()


def test_json_types_survive(lena: Wire) -> None:
    assert lena.post(GET_STAGES, entityId=10, numeric=False).result["1"]["ID"] == "1"
    assert lena.form(GET_STAGES, "entityId=10&numeric=false").result[0]["ID"] == "1"
    assert lena.post(GET_STAGES, entityId=None).error == (400, "DISPATCHER_ERROR")


@pytest.mark.parametrize("body", [b'{"entityId": 10', b"\xff", b"5", b'"text"', b""])
def test_json_that_is_malformed_or_no_object_is_ignored(lena: Wire, body: bytes) -> None:
    answer = send(lena.base + GET_STAGES, verb="POST", body=body, headers=JSON_TYPE)
    assert answer.error == (400, "DISPATCHER_ERROR")


def test_credentials_also_work_as_parameters_and_the_path_wins(portal: Sandbox) -> None:
    query = "aplogin=2&ap=sandbox-lead"
    assert send(f"{portal.url}/rest/profile?{query}").result["ID"] == "2"
    path = "/rest/3/sandbox-member/profile"
    assert send(f"{portal.url}{path}?{query}").result["ID"] == "3"


def test_a_dismissed_person_cannot_be_authorized(portal: Sandbox) -> None:
    answer = Wire(portal.webhook("dismissed")).get("profile")
    assert answer.error == (401, "authorization_error")


def test_https_can_be_required(portal: Sandbox, lena: Wire) -> None:
    portal.switches.set(require_https=True)
    answer = lena.get("profile")
    assert answer.error == (401, "INVALID_REQUEST")
    assert answer.body["error_description"] == "Https required."


def test_documented_statuses_can_be_switched_on(portal: Sandbox) -> None:
    portal.switches.set(doc_statuses=True)
    assert send(f"{portal.url}/rest/1/bad/profile").error == (403, "INVALID_CREDENTIALS")


def test_a_success_tells_its_time(portal: Sandbox, lena: Wire) -> None:
    time = lena.get("user.admin").body["time"]
    assert set(time) == {
        "start",
        "finish",
        "duration",
        "processing",
        "date_start",
        "date_finish",
        "operating_reset_at",
        "operating",
    }
    portal.switches.set(operating_time=False)
    assert "operating" not in lena.get("user.admin").body["time"]


def test_a_preflight_allows_any_origin_but_no_authorization_header(lena: Wire) -> None:
    answer = send(lena.base + "batch", verb="OPTIONS")
    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Headers"] == "origin, content-type, accept"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_one_connection_carries_many_requests(portal: Sandbox) -> None:
    connection = http.client.HTTPConnection("localhost", urlsplit(portal.url).port)
    for _ in range(3):
        connection.request("GET", "/rest/2/sandbox-lead/user.admin")
        assert json.loads(connection.getresponse().read())["result"] is False
    connection.close()
