"""Forms that no portal posts: refused in words in the frame that posted them, and sent nowhere."""

from __future__ import annotations

import pytest
from django.test import Client

from sandbox.server import Sandbox
from tests.web.embed.frame import HOST, LENA, Frame, ancestors, text
from tests.web.embed.refusing import REFUSED, refused

BIG = "x" * 1_000_000
MULTIPART = "multipart/form-data; boundary=x"


@pytest.mark.parametrize(
    "field",
    [
        "DOMAIN",
        "AUTH_ID",
        "REFRESH_ID",
        "AUTH_EXPIRES",
        "member_id",
        "SERVER_ENDPOINT",
        "APPLICATION_TOKEN",
        "PLACEMENT",
        "PLACEMENT_OPTIONS",
        "something",
    ],
)
def test_fields_of_a_megabyte(portal: Sandbox, field: str) -> None:
    refused(portal, portal.open_app(LENA), changed={field: BIG})


@pytest.mark.parametrize(
    "field",
    ["DOMAIN", "AUTH_ID", "REFRESH_ID", "member_id", "SERVER_ENDPOINT", "APPLICATION_TOKEN"],
)
def test_fields_with_a_nul(portal: Sandbox, field: str) -> None:
    """Some databases take none, not even to look for it."""
    nul = "%00" if field == "DOMAIN" else "\0"
    refused(portal, portal.open_app(LENA), changed={field: f"a{nul}b"})


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_nul_in_an_address_that_names_no_origin(portal: Sandbox, verb: str) -> None:
    answer = Frame()._call(verb, f"/embed/?DOMAIN={portal.domain}%00", None, {})
    assert (answer.status_code, ancestors(answer)) == (405 if verb == "get" else 403, "'none'")


@pytest.mark.parametrize("size", ["abc", "9" * 5000, "١"])
def test_a_size_that_is_none(portal: Sandbox, size: str) -> None:
    opening = portal.open_app(LENA)
    client = Client(headers={"host": HOST, "origin": portal.url})
    answer = client.post(opening.url, opening.fields, CONTENT_LENGTH=size)
    assert (answer.status_code, ancestors(answer)) == (403, portal.url)
    assert portal.oauth_requests == []


def test_several_megabytes(portal: Sandbox) -> None:
    answer = Frame().open(portal.open_app(LENA), AUTH_ID=BIG * 4)
    assert answer.status_code in (400, 403)
    assert portal.oauth_requests == []


@pytest.mark.parametrize("address", ["/embed/", "/embed/install/"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded; charset=utf-16", "AUTH_ID=x".encode("utf-16")),
        ("application/x-www-form-urlencoded", b"a=b&" * 2_000),
        ("application/x-www-form-urlencoded", BIG.encode() * 4),
        (MULTIPART, b"broken off"),
        ("multipart/form-data", b"without a boundary"),
        (MULTIPART, b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'),
    ],
    ids=["letters", "fields", "size", "broken", "boundary", "end"],
)
def test_a_form_that_cannot_be_read(portal: Sandbox, address: str, kind: str, body: bytes) -> None:
    client = Client(raise_request_exception=False, headers={"host": HOST, "origin": portal.url})
    path = f"{address}?DOMAIN={portal.domain}"
    answer = client.generic("POST", path, body, content_type=kind)
    assert (answer.status_code, ancestors(answer)) == (403, portal.url)
    assert REFUSED in answer.content.decode()
    assert portal.oauth_requests == []


@pytest.mark.parametrize("of", ["origin", "address"])
def test_who_only_looks_is_not_told_which_portals_are_known(portal: Sandbox, of: str) -> None:
    assert Frame().open(portal.open_app(LENA)).status_code == 200
    headers = {"Origin": portal.url} if of == "origin" else {}
    answer = Frame()._call("get", f"/embed/?DOMAIN={portal.domain}", None, headers)
    assert (answer.status_code, ancestors(answer)) == (405, "'none'")


def test_a_page_in_a_frame_that_opens_the_app_by_a_link_is_told_so_there(
    portal: Sandbox, lena: Frame
) -> None:
    answer = lena.follow("/embed/")
    assert (answer.status_code, ancestors(answer)) == (405, portal.url)
    assert "frame" in text(answer)
