"""What surrounds every page: the menu, the switch of persons, the policy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sandbox.applications import Installation, Placement
from sandbox.entities import User
from sandbox.envelope import HTML_TYPE, Reply
from sandbox.pages.markup import Html, fill, join, template
from sandbox.pages.visit import Visit

if TYPE_CHECKING:
    from sandbox.server import Sandbox


def page(
    sandbox: Sandbox,
    visit: Visit,
    title: str,
    body: Html,
    *,
    apps: Iterable[str] = (),
    status: int = 200,
) -> Reply:
    """Answer with a page; `apps` are the origins it may frame and post to."""
    text = fill(
        template("page"),
        title=title,
        kind="slider" if visit.in_slider else "portal",
        around="" if visit.in_slider else _around(sandbox, visit),
        body=body,
    )
    return Reply(status, text.encode(), HTML_TYPE, _headers(apps))


def not_found(sandbox: Sandbox, visit: Visit) -> Reply:
    """Answer that there is no such page, or none for this person."""
    body = fill(
        "<h1>Nothing here</h1><p>There is no such page, or $name may not see it.</p>",
        name=visit.person.full_name,
    )
    return page(sandbox, visit, "Nothing here", body, status=404)


def bound(sandbox: Sandbox, person: User, code: str) -> list[tuple[Installation, Placement]]:
    """Return what installed applications have bound to a placement, as the person sees it."""
    return [
        (installation, placement)
        for installation in sandbox.apps.current()
        if installation.finished
        for placement in installation.placements
        if placement.code == code and placement.user_id in (0, person.id)
    ]


def _around(sandbox: Sandbox, visit: Visit) -> Html:
    return fill(
        template("around"),
        home=_current(visit.path == "/"),
        menu=_menu(sandbox, visit),
        people=_people(sandbox, visit),
        back=visit.uri,
    )


def _menu(sandbox: Sandbox, visit: Visit) -> Html:
    entries = [
        ("/workgroups/", "Groups"),
        (f"/company/personal/user/{visit.person.id}/tasks/", "My tasks"),
        *(
            (f"/marketplace/placement/{installation.id}/{placement.id}/", placement.title)
            for installation, placement in bound(sandbox, visit.person, "LEFT_MENU")
        ),
        ("/marketplace/", "Applications"),
        ("/devops/", "Developers"),
    ]
    current = max((path for path, _ in entries if visit.path.startswith(path)), default="", key=len)
    return join(
        fill(
            '<li><a href="$path"$mark>$title</a></li>',
            path=path,
            mark=_current(path == current),
            title=title,
        )
        for path, title in entries
    )


def _current(here: bool) -> Html:
    return Html(' aria-current="page"' if here else "")


def _people(sandbox: Sandbox, visit: Visit) -> Html:
    return join(
        fill(
            '<option value="$id"$mark>$name$role</option>',
            id=user.id,
            mark=Html(" selected" if user is visit.person else ""),
            name=user.full_name,
            role=" (admin)" if user.admin else "",
        )
        for user in sandbox.portal.users.values()
        if user.active
    )


def _headers(apps: Iterable[str]) -> dict[str, str]:
    """Return the policy; a form that opens an application tells its origin, as on a portal."""
    framed = " ".join(("'self'", *dict.fromkeys(apps)))
    return {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
            f"frame-src {framed}; form-action {framed}; "
            "base-uri 'none'; frame-ancestors 'self'"
        ),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cache-Control": "no-store",
    }
