from __future__ import annotations

from django.test import Client

from sandbox.server import Sandbox
from tests.web.test_board_pages import text


def test_processes_are_listed_with_their_stages(sandbox: Sandbox, member: Client) -> None:
    page = text(member.get("/rpa/"))
    for kind in sandbox.portal.rpa_types.values():
        assert kind.title in page
        for stage in kind.stages:
            assert f'href="/rpa/stages/{stage.id}/"' in page


def test_a_stages_panel_says_everything_in_words(member: Client, sandbox: Sandbox) -> None:
    pages = "".join(
        text(member.get(f"/rpa/stages/{stage.id}/"))
        for kind in sandbox.portal.rpa_types.values()
        for stage in kind.stages
    )
    for words in (
        "Approve or reject",
        "Simply move on",
        "Request information",
        "Review information",
        "Robots",
        "Items can be moved here",
        "no longer develops RPA",
        "Items here have succeeded",
        "Items here have failed",
    ):
        assert words in pages
    assert "<form" not in pages


def test_an_unknown_stage_is_a_404_in_words(member: Client) -> None:
    response = member.get("/rpa/stages/9999/")
    assert response.status_code == 404
    assert "nothing under that number" in text(response)


def test_a_portal_without_rpa_says_so(sandbox: Sandbox, member: Client) -> None:
    sandbox.switches.set(rpa_module=False)
    response = member.get("/rpa/")
    assert response.status_code == 404
    assert "This portal has no RPA." in text(response)
