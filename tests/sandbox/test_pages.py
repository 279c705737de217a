"""The portal's own pages, without a browser."""

from __future__ import annotations

import json
import re

import pytest

from sandbox.applications import Placement
from sandbox.server import Sandbox
from tests.sandbox.oauth import ADA, LENA, MAX, app_info
from tests.sandbox.pages import ask, fields, look
from tests.sandbox.wire import FORM_TYPE, Wire, send

SECRET_GROUP = 33
CLOSED_GROUP = 15  # Max is no member


def put_everywhere(portal: Sandbox) -> None:
    portal.apps.finish(portal.installation, ADA)
    for number, code in enumerate(
        (
            "LEFT_MENU",
            "SONET_GROUP_DETAIL_TAB",
            "TASK_GROUP_LIST_TOOLBAR",
            "TASK_USER_LIST_TOOLBAR",
            "SONET_GROUP_TOOLBAR",
        ),
        1,
    ):
        handler = f"{portal.app.handler_url}{number}/"
        portal.installation.placements.append(Placement(number, code, handler, f"Own <{code}>"))


def test_the_start_page_has_the_application_and_the_webhooks(portal: Sandbox) -> None:
    answer = send(f"{portal.url}/")
    assert f"{portal.url}/rest/1/sandbox-admin/" in answer.body
    assert '<a class="button" href="http://127.0.0.1:8000/">Open Board Admin</a>' in answer.body
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'; " in policy
    assert "frame-src 'self' http://127.0.0.1:8000; " in policy
    assert "form-action 'self' http://127.0.0.1:8000; " in policy
    assert 'action="http://127.0.0.1:8000/embed/install/?DOMAIN=' in answer.body
    assert "style=" not in answer.body


def test_what_has_been_asked_is_shown_to_developers(portal: Sandbox, lena: Wire) -> None:
    lena.get("no.such<b>")
    answer = look(portal, "/devops/")
    assert "no.such&lt;b&gt;" in answer.body
    assert f"{portal.url}/rest/1/sandbox-admin/" in answer.body


@pytest.mark.parametrize("name", ["portal.css", "app-frame.js", "side-slider.js"])
def test_styles_and_scripts_are_files_of_their_own(portal: Sandbox, name: str) -> None:
    answer = send(f"{portal.url}/static/{name}")
    kind = "text/css" if name.endswith("css") else "text/javascript"
    assert (answer.status, answer.headers["Content-Type"]) == (200, f"{kind}; charset=utf-8")


def test_the_form_carries_new_tokens_of_whoever_looks(portal: Sandbox) -> None:
    portal.apps.finish(portal.installation, ADA)
    first, second = (fields(look(portal, "/?a=1", LENA)) for _ in range(2))
    assert app_info(portal, first["AUTH_ID"]).result["user_id"] == LENA
    assert first["AUTH_ID"] != second["AUTH_ID"]
    assert (first["PLACEMENT"], json.loads(first["PLACEMENT_OPTIONS"])) == ("DEFAULT", {"a": "1"})
    assert "PLACEMENT_OPTIONS" not in fields(look(portal, "/"))


def test_nothing_is_bound_before_the_installation_is_finished(portal: Sandbox) -> None:
    put_everywhere(portal)
    portal.installation.finished = False
    assert "Own" not in look(portal, "/workgroups/group/10/tasks/").body


def test_only_an_administrator_is_shown_the_install_page(portal: Sandbox) -> None:
    assert fields(look(portal, "/", ADA))["member_id"] == portal.member_id
    answer = look(portal, "/", LENA)
    assert "is not installed yet" in answer.body
    assert "AUTH_ID" not in fields(answer)


def test_the_menu_opens_the_application(portal: Sandbox) -> None:
    put_everywhere(portal)
    path = f"/marketplace/placement/{portal.installation.id}/1/"
    assert f'<li><a href="{path}">Own &lt;LEFT_MENU&gt;</a></li>' in look(portal, "/").body
    form = fields(look(portal, path))
    assert form["PLACEMENT"] == "LEFT_MENU"
    assert json.loads(form["PLACEMENT_OPTIONS"]) == {"URI": path}


def test_a_group_has_a_tab_of_the_application(portal: Sandbox) -> None:
    put_everywhere(portal)
    path = f"/workgroups/group/10/app/{portal.installation.id}/2/"
    assert f'<li><a href="{path}">Own &lt;SONET' in look(portal, "/workgroups/group/10/").body
    answer = look(portal, path)
    form = fields(answer)
    assert "/embed/2/?DOMAIN=" in answer.body
    assert form["PLACEMENT"] == "SONET_GROUP_DETAIL_TAB"
    options = {"GROUP_ID": "10", "URI": "/workgroups/group/10/"}
    assert json.loads(form["PLACEMENT_OPTIONS"]) == options


@pytest.mark.parametrize(
    ("path", "number", "options"),
    [
        ("/workgroups/group/10/tasks/", 3, {"GROUP_ID": "10"}),
        ("/company/personal/user/1/tasks/", 4, {"USER_ID": "1"}),
        ("/workgroups/group/10/", 5, {}),
    ],
)
def test_toolbars_have_buttons_that_open_it(
    portal: Sandbox, path: str, number: int, options: dict[str, str]
) -> None:
    put_everywhere(portal)
    links = re.findall(r'data-slider href="([^"]+)"', look(portal, path).body)
    link = next(link for link in links if f"/{number}/" in link)
    framed = {"Sec-Fetch-Dest": "iframe", "Referer": portal.url + path}
    form = fields(send(portal.url + link, headers=framed))
    assert json.loads(form["PLACEMENT_OPTIONS"]) == {**options, "URI": path}
    # A browser that does not tell where it comes from leaves the page out.
    form = fields(send(portal.url + link, headers={"Sec-Fetch-Dest": "iframe"}))
    assert json.loads(form.get("PLACEMENT_OPTIONS", "{}")) == options


def test_the_board_is_shown_as_the_portal_has_it(portal: Sandbox, lena: Wire) -> None:
    lena.post("task.stages.update", id=5, fields={"AFTER_ID": 0, "TITLE": "<Last>"})
    body = look(portal, "/workgroups/group/10/tasks/").body
    titles = re.findall(r"<h2>(.*?) <span", body)
    assert titles == ["&lt;Last&gt;", "Backlog", "In progress", "Review", "Ready to ship"]


@pytest.mark.parametrize(
    ("path", "person", "status"),
    [
        (f"/workgroups/group/{SECRET_GROUP}/", ADA, 404),
        (f"/workgroups/group/{SECRET_GROUP}/tasks/", MAX, 404),
        ("/workgroups/group/999/", ADA, 404),
        ("/company/personal/user/999/", ADA, 404),
        ("/company/personal/user/2/", MAX, 200),
        ("/marketplace/app/999/", ADA, 404),
        ("/marketplace/placement/1/1/", ADA, 404),
    ],
)
def test_pages_are_for_who_may_see_them(
    portal: Sandbox, path: str, person: int, status: int
) -> None:
    assert look(portal, path, person).status == status


def test_strangers_see_neither_tasks_nor_others_planners(portal: Sandbox) -> None:
    assert "may not see" in look(portal, f"/workgroups/group/{CLOSED_GROUP}/tasks/", MAX).body
    assert "own person only" in look(portal, "/company/personal/user/1/tasks/", MAX).body


def test_another_person_is_signed_in_and_comes_back(portal: Sandbox) -> None:
    answer = ask(portal, "/person/", id="2", back="/workgroups/?a=b")
    assert (answer.status, answer.headers["Location"]) == (303, "/workgroups/?a=b")
    assert answer.headers["Set-Cookie"].startswith("sandbox_person=2;")
    assert ask(portal, "/person/", id="2", back="//evil.example/").headers["Location"] == "/"
    assert ask(portal, "/person/", id="999").status == 400
    assert '<option value="2" selected>' in look(portal, "/", LENA).body


def test_a_dismissed_persons_cookie_signs_nobody_in(portal: Sandbox) -> None:
    assert '<option value="1" selected>' in look(portal, "/", 12).body


def test_an_administrator_removes_the_application_and_installs_it_again(portal: Sandbox) -> None:
    first = portal.installation
    path = f"/marketplace/app/{first.id}/"
    assert ask(portal, f"{path}uninstall/", LENA).status == 403
    assert ask(portal, f"{path}uninstall/", clean="1").status == 303
    assert not first.present
    assert "Install Board Admin" in look(portal, "/").body
    assert "An administrator installs it" in look(portal, "/", MAX).body
    assert ask(portal, "/marketplace/install/", MAX).status == 403
    answer = ask(portal, "/marketplace/install/")
    assert answer.headers["Location"] == f"/marketplace/app/{portal.installation.id}/"
    assert portal.installation is not first
    assert not portal.installation.finished


def test_the_end_of_an_installation_is_an_administrators_word(portal: Sandbox) -> None:
    path = f"/marketplace/app/{portal.installation.id}/installed/"
    assert ask(portal, path, MAX, v="Y").body == {"result": False}
    assert not portal.installation.finished
    assert ask(portal, path, v="Y").body == {"result": True}
    assert portal.installation.finished


def test_an_update_brings_a_new_version(portal: Sandbox) -> None:
    assert ask(portal, f"/marketplace/app/{portal.installation.id}/update/").status == 303
    assert portal.app.version == 2


def test_a_frame_gets_new_tokens_of_whoever_looks(portal: Sandbox) -> None:
    path = f"/marketplace/app/{portal.installation.id}/token/"
    tokens = ask(portal, path, MAX).body
    assert app_info(portal, tokens["AUTH_ID"]).result["user_id"] == MAX
    portal.installation.without_access.add(MAX)
    assert ask(portal, path, MAX).body == {"error": "user_access_error"}
    assert ask(portal, "/marketplace/app/999/token/").status == 400


def test_another_sites_page_asks_in_vain(portal: Sandbox) -> None:
    url = f"{portal.url}/marketplace/app/{portal.installation.id}/uninstall/"
    headers = {**FORM_TYPE, "Origin": "http://127.0.0.1:8000"}
    assert send(url, verb="POST", body=b"", headers=headers).status == 403
    assert portal.installation.present
