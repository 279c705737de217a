"""placement.* and event.*: what an application binds."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from tests.sandbox.oauth import ADA, LENA, call, pair
from tests.sandbox.wire import Answer, Wire

HANDLER = "http://127.0.0.1:8000/embed/"
TAB = "SONET_GROUP_DETAIL_TAB"


@pytest.fixture
def ada_token(portal: Sandbox) -> str:
    return pair(portal, ADA).access


def bind(portal: Sandbox, token: str, **changed: object) -> Answer:
    params: dict[str, object] = {"PLACEMENT": TAB, "HANDLER": HANDLER, "TITLE": "Stages"}
    return call(portal, token, "placement.bind", **{**params, **changed})


def test_a_bound_placement_is_listed_and_unbound_counting_double(
    portal: Sandbox, ada_token: str
) -> None:
    languages = {"en": {"TITLE": "Stages", "DESCRIPTION": "The board's stages"}}
    assert bind(portal, ada_token, TITLE="", LANG_ALL=languages).result is True
    (bound,) = call(portal, ada_token, "placement.get").result
    assert (bound["placement"], bound["handler"], bound["title"]) == (TAB, HANDLER, "Stages")
    assert (bound["userId"], bound["options"], bound["langAll"]) == (0, [], languages)
    assert call(portal, ada_token, "placement.unbind", PLACEMENT=TAB).result == {"count": 2}
    assert call(portal, ada_token, "placement.get").result == []
    assert call(portal, ada_token, "placement.unbind", PLACEMENT=TAB).result == {"count": 0}


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"PLACEMENT": "NOWHERE"}, "ERROR_PLACEMENT_NOT_FOUND"),
        ({"PLACEMENT": "USER_PROFILE_MENU"}, "ERROR_PLACEMENT_NOT_FOUND"),
        ({"PLACEMENT": "DEFAULT"}, "ERROR_ARGUMENT"),
        ({"PLACEMENT": ""}, "ERROR_ARGUMENT"),
        ({"HANDLER": None}, "ERROR_ARGUMENT"),
        ({"USER_ID": 2}, "ERROR_PLACEMENT_USER_MODE"),
        ({"HANDLER": "ftp://127.0.0.1/"}, "ERROR_UNSUPPORTED_PROTOCOL"),
    ],
)
def test_a_wrong_binding_is_refused_as_documented(
    portal: Sandbox, ada_token: str, changed: dict[str, object], error: str
) -> None:
    answer = bind(portal, ada_token, **changed)
    assert answer.error == (400, error)
    if error == "ERROR_ARGUMENT":
        assert answer.body["argument"] == next(iter(changed))


def test_binding_twice_is_an_error(portal: Sandbox, ada_token: str) -> None:
    bind(portal, ada_token)
    answer = bind(portal, ada_token)
    assert answer.error == (400, "ERROR_CORE")
    assert "Handler already binded" in answer.body["error_description"]
    assert bind(portal, ada_token, HANDLER=f"{HANDLER}other/").status == 200


def test_some_placements_are_bound_only_once(portal: Sandbox, ada_token: str) -> None:
    bind(portal, ada_token, PLACEMENT="REST_APP_URI")
    answer = bind(portal, ada_token, PLACEMENT="REST_APP_URI", HANDLER=f"{HANDLER}other/")
    assert answer.body["error_description"] == "Placement max count: 1"
    assert answer.error == (400, "ERROR_PLACEMENT_MAX_COUNT")


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "intranet"])
def test_hosts_without_a_dot_are_refused_only_where_switched_on(
    portal: Sandbox, ada_token: str, host: str
) -> None:
    portal.switches.set(handler_hosts=True)
    answer = bind(portal, ada_token, HANDLER=f"http://{host}/embed/")
    assert answer.error == (400, "ERROR_WRONG_HANDLER_URL")
    portal.switches.set(handler_hosts=False)
    assert bind(portal, ada_token, HANDLER=f"http://{host}/embed/").status == 200


@pytest.mark.parametrize("method", ["bind", "unbind", "get", "list"])
def test_placements_are_for_administrators_of_applications(
    portal: Sandbox, ada: Wire, method: str
) -> None:
    name, params = f"placement.{method}", {"PLACEMENT": TAB, "HANDLER": HANDLER}
    assert ada.post(name, **params).error == (403, "WRONG_AUTH_TYPE")
    lena = pair(portal, LENA).access
    assert call(portal, lena, name, **params).error == (403, "ACCESS_DENIED")


def test_placements_need_their_scope(portal: Sandbox, ada_token: str) -> None:
    portal.authority.tokens.limit_scopes(frozenset({"task"}))
    assert bind(portal, ada_token).error == (401, "insufficient_scope")


def test_the_codes_are_listed_by_scope(portal: Sandbox, ada_token: str) -> None:
    def codes(**params: object) -> list[str]:
        listed: list[str] = call(portal, ada_token, "placement.list", **params).result
        return listed

    assert {"LEFT_MENU", TAB, "TASK_USER_LIST_TOOLBAR"} < set(codes())
    assert "USER_PROFILE_MENU" not in codes()
    assert "USER_PROFILE_MENU" in codes(FULL=True)
    assert {code[:6] for code in codes(SCOPE="sonet_group")} == {"SONET_"}


def test_events_are_bound_listed_and_unbound(portal: Sandbox, ada_token: str) -> None:
    params = {"event": "OnAppUninstall", "handler": f"{HANDLER}events/"}
    assert call(portal, ada_token, "event.bind", **params).result is True
    again = call(portal, ada_token, "event.bind", **params)
    assert again.error == (400, "ERROR_CORE")
    assert again.body["error_description"].endswith("Handler already binded")
    (bound,) = call(portal, ada_token, "event.get").result
    assert (bound["event"], bound["handler"]) == ("ONAPPUNINSTALL", params["handler"])
    assert call(portal, ada_token, "event.unbind", **params).result == {"count": 1}
    assert call(portal, ada_token, "event.get").result == []


def test_events_of_stages_do_not_exist(portal: Sandbox, ada_token: str, ada: Wire) -> None:
    params = {"event": "ONSTAGEUPDATE", "handler": HANDLER}
    answer = call(portal, ada_token, "event.bind", **params)
    assert answer.error == (400, "ERROR_EVENT_NOT_FOUND")
    assert ada.post("event.bind", **params).error == (403, "WRONG_AUTH_TYPE")
    assert "ONAPPUNINSTALL" in call(portal, ada_token, "events").result
