"""Which address shows which page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from sandbox.control import is_local
from sandbox.envelope import Reply, html
from sandbox.incoming import HttpRequest
from sandbox.pages import actions, authorize, developers, groups, layout, market, people
from sandbox.pages.markup import static
from sandbox.pages.visit import visit

if TYPE_CHECKING:
    from sandbox.server import Sandbox

_GROUP = r"/workgroups/group/(\d+)/"
_USER = r"/company/personal/user/(\d+)/"
_APP = r"/marketplace/app/(\d+)/"
PAGES: tuple[tuple[str, Callable[..., Reply]], ...] = (
    (r"/", market.home),
    (r"/workgroups/", groups.index),
    (_GROUP, groups.about),
    (rf"{_GROUP}tasks/", groups.tasks),
    (rf"{_GROUP}app/(\d+)/(\d+)/", groups.tab),
    (_USER, people.profile),
    (rf"{_USER}tasks/", people.tasks),
    (r"/marketplace/", market.index),
    (_APP, market.app),
    (r"/marketplace/placement/(\d+)/(\d+)/", market.placement),
    (r"/devops/", developers.overview),
    (r"/devops/forged/(\d+)/", market.forged),
    (r"/oauth/authorize/", authorize.question),
)
ACTIONS: tuple[tuple[str, Callable[..., Reply]], ...] = (
    (r"/person/", actions.switch_person),
    (r"/oauth/authorize/", authorize.allow),
    (r"/marketplace/install/", actions.install),
    (rf"{_APP}update/", actions.update),
    (rf"{_APP}uninstall/", actions.uninstall),
    (rf"{_APP}installed/", actions.installed),
    (rf"{_APP}token/", actions.token),
)
STATIC = {
    "/static/base.css": "text/css; charset=utf-8",
    "/static/portal.css": "text/css; charset=utf-8",
    "/static/app-frame.js": "text/javascript; charset=utf-8",
    "/static/side-slider.js": "text/javascript; charset=utf-8",
    "/static/person-switch.js": "text/javascript; charset=utf-8",
}


def answer(sandbox: Sandbox, request: HttpRequest) -> Reply:
    """Show a page, or do what one asks; a foreign page asks in vain."""
    if request.path in STATIC:
        return Reply(200, static(request.path.rpartition("/")[2]), STATIC[request.path])
    visited = visit(request, sandbox.portal)
    if request.verb != "POST":
        found = _find(PAGES, request.path)
        if found is None:
            return layout.not_found(sandbox, visited)
        return found[0](sandbox, visited, *found[1])
    found = _find(ACTIONS, request.path)
    if found is None:
        return html(404, "Not Found")
    if not is_local(request):
        return html(403, "Forbidden")
    form = dict(parse_qsl(request.body.decode(errors="replace")))
    try:
        return found[0](sandbox, visited, form, *found[1])
    except PermissionError as error:
        return html(403, str(error))
    except (KeyError, ValueError):
        return html(400, "Bad Request")


def _find(
    routes: tuple[tuple[str, Callable[..., Reply]], ...], path: str
) -> tuple[Callable[..., Reply], list[int]] | None:
    for pattern, view in routes:
        match = re.fullmatch(pattern, path)
        if match:
            return view, [int(number) for number in match.groups()]
    return None
