"""Two portals have the app of one installation, and neither sees anything of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sandbox.server import Sandbox
from stages.models import Change, Credential, Portal
from tests.portal import RELAUNCH, as_stored, stage_id, titles
from tests.web import addresses
from tests.web.embed.frame import LENA, Frame, text
from tests.web.test_every_address import FOR_PROGRAMS, OPEN_TO_ALL, OPEN_TO_WHO_SIGNED_IN

OF_NO_PORTAL = OPEN_TO_ALL | OPEN_TO_WHO_SIGNED_IN
KEY = f"group-{RELAUNCH}"


@pytest.fixture
def neighbour(portal: Sandbox) -> Iterator[Sandbox]:
    """Another portal, with people and groups of the same numbers."""
    with Sandbox(authority=portal.authority, bucket="off") as other:
        other.installation.finished = True
        yield other


@pytest.fixture
def lena_there(neighbour: Sandbox) -> Frame:
    frame = Frame()
    assert frame.open(neighbour.open_app(LENA)).status_code == 200
    return frame


def test_people_of_the_same_number_are_two(
    portal: Sandbox, neighbour: Sandbox, lena: Frame, lena_there: Frame
) -> None:
    assert Portal.objects.count() == 2
    assert len({one.user_id for one in Credential.objects.all()}) == 2
    portal.clear_requests()
    neighbour.clear_requests()
    assert lena_there.follow(f"/boards/{KEY}/").status_code == 200
    assert portal.requests == []
    assert neighbour.requests != []
    neighbour.clear_requests()
    assert lena.follow(f"/boards/{KEY}/").status_code == 200
    assert neighbour.requests == []


def test_an_edit_changes_one_of_them(
    portal: Sandbox, neighbour: Sandbox, lena: Frame, lena_there: Frame
) -> None:
    before = as_stored(portal, KEY)
    review = stage_id(neighbour, KEY, "Review")
    lena_there.follow(f"/boards/{KEY}/")
    lena_there.send(f"/boards/{KEY}/stages/{review}/move/", {"after_id": 0})
    assert titles(neighbour, KEY)[0] == "Review"
    assert as_stored(portal, KEY) == before
    assert "Nothing has been changed here yet." in text(lena.follow("/history/"))
    assert "Review" in text(lena_there.follow("/history/"))


def test_cookies_and_links_are_of_one_portal_alone(
    portal: Sandbox, lena: Frame, lena_there: Frame
) -> None:
    """To browsers all portals of a cloud zone are one site, and share its partitioned cookies."""
    slugs = {one.base_url: one.slug for one in Portal.objects.all()}
    assert len(set(slugs.values())) == 2
    frames = {slugs[portal.url]: lena}
    frames |= {slug: lena_there for slug in slugs.values() if slug not in frames}
    for slug, frame in frames.items():
        links = set(re.findall(r'href="(/[^"]*)"', text(frame.answer)))
        pages = {link for link in links if not link.startswith("/static/")}
        assert pages
        assert {link for link in pages if not link.startswith(f"/p/{slug}/")} == set()
        frame.follow(f"/p/{slug}/boards/{KEY}/")
        assert {cookie["path"] for cookie in frame.seen} == {f"/p/{slug}/"}


def test_no_address_shows_a_portal_what_is_anothers(
    portal: Sandbox, lena: Frame, lena_there: Frame
) -> None:
    """Walk every address with what is on the one portal, as somebody of the other."""
    review = stage_id(portal, KEY, "Review")
    lena.follow(f"/boards/{KEY}/")
    lena.send(f"/boards/{KEY}/stages/{review}/rename/", {"title": "Known to one portal"})
    change = Change.objects.get()
    slugs = {one.base_url: one.slug for one in Portal.objects.all()}
    values = {
        "ref": KEY,
        "stage_id": review,
        "change_id": change.pk,
        "slug": slugs[portal.url],
        "share_id": 1,
        "token_id": 1,
        "type_id": 1,
        "credential_id": Credential.objects.get(portal__base_url=portal.url).pk,
    }
    portal.clear_requests()
    stored, walked = as_stored(portal, KEY), 0
    lena_there.follow("/")
    carried = lena_there.session
    for one in addresses.every():
        for path in (one.path(values), f"/p/{slugs[portal.url]}{one.path(values)}"):
            for answer in (
                lena_there.follow(path),
                lena_there.send(path, {"title": "x", "after_id": 0}, session=carried),
            ):
                walked += 1
                assert "Known to one portal" not in text(answer), path
                assert portal.domain not in text(answer), path
                if path.startswith("/p/") and one.name not in OF_NO_PORTAL:
                    found = (404, 401) if FOR_PROGRAMS in path else (404,)
                    assert answer.status_code in found, path
    assert walked > 80
    assert portal.requests == []
    assert as_stored(portal, KEY) == stored
    assert Change.objects.filter(portal__base_url=portal.url).count() == 1
    assert not hasattr(change, "undone_by")
