"""Applications: what is on the portal, opening it, and the start page that does so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.applications import Installation
from sandbox.entities import Webhook
from sandbox.envelope import Reply
from sandbox.forgery import OPENINGS
from sandbox.pages import frames, layout
from sandbox.pages.markup import Html, fill, join, row, template
from sandbox.pages.visit import Visit

if TYPE_CHECKING:
    from sandbox.server import Sandbox


def home(sandbox: Sandbox, visit: Visit) -> Reply:
    """Show the application in its frame, and the webhooks for scripts."""
    installation = sandbox.apps.of(sandbox.app.client_id)
    if installation is None:
        framed = frames.Frame(_install(sandbox, visit))
    else:
        framed = frames.frame(sandbox, visit, installation, options=visit.query)
    body = fill(
        template("home"),
        title=sandbox.app.title,
        app_url=sandbox.app_url,
        frame=framed.html,
        webhooks=webhooks(sandbox),
    )
    return layout.page(sandbox, visit, "Start", body, apps=framed.origins)


def index(sandbox: Sandbox, visit: Visit) -> Reply:
    """List the applications; an administrator installs, updates and removes them."""
    cards = [_card(visit, installation) for installation in sandbox.apps.current()]
    if sandbox.apps.of(sandbox.app.client_id) is None:
        cards.append(_install(sandbox, visit))
    body = fill("<h1>Applications</h1>$cards", cards=join(cards))
    return layout.page(sandbox, visit, "Applications", body)


def app(sandbox: Sandbox, visit: Visit, app_id: int) -> Reply:
    """Show an application on a page of its own."""
    installation = sandbox.apps.find(app_id)
    if installation is None:
        return layout.not_found(sandbox, visit)
    framed = frames.frame(sandbox, visit, installation, options=visit.query)
    return _framed(sandbox, visit, installation.app.title, framed)


def placement(sandbox: Sandbox, visit: Visit, app_id: int, placement_id: int) -> Reply:
    """Show what a button or an entry of the menu opens; its options come as the query."""
    installation = sandbox.apps.find(app_id)
    place = next(
        (
            item
            for item in (installation.placements if installation else [])
            if item.id == placement_id
        ),
        None,
    )
    if installation is None or place is None or not installation.finished:
        return layout.not_found(sandbox, visit)
    framed = frames.frame(
        sandbox,
        visit,
        installation,
        placement=place.code,
        handler=place.handler,
        options={**visit.query, **({"URI": visit.opened_from} if visit.opened_from else {})},
    )
    return _framed(sandbox, visit, place.title, framed)


def forged(sandbox: Sandbox, visit: Visit, number: int) -> Reply:
    """Open the application with a form that it has to refuse."""
    installation = sandbox.apps.of(sandbox.app.client_id)
    kinds = list(OPENINGS)
    if installation is None or number >= len(kinds):
        return layout.not_found(sandbox, visit)
    opening = sandbox.forge_opening(kinds[number], visit.person.id)
    framed = frames.posted(sandbox, visit, installation, opening)
    return _framed(sandbox, visit, f"Forged: {kinds[number].replace('_', ' ')}", framed)


def webhooks(sandbox: Sandbox) -> Html:
    """Return the rows of the webhooks there are."""
    return join(_webhook(sandbox, hook) for hook in sandbox.portal.webhooks)


def _framed(sandbox: Sandbox, visit: Visit, title: str, framed: frames.Frame) -> Reply:
    body = fill("<h1>$title</h1>$frame", title=title, frame=framed.html)
    return layout.page(sandbox, visit, title, body, apps=framed.origins)


def _card(visit: Visit, installation: Installation) -> Html:
    return fill(
        template("app-card"),
        title=installation.app.title,
        id=installation.id,
        version=installation.app.version,
        state="installed" if installation.finished else "installation not finished",
        open="Open" if installation.finished else "Finish installing",
        places=join(
            fill("<li><code>$code</code> $title</li>", code=place.code, title=place.title)
            for place in installation.placements
        ),
        tools=fill(template("app-tools"), title=installation.app.title, id=installation.id)
        if visit.person.admin
        else Html(""),
    )


def _install(sandbox: Sandbox, visit: Visit) -> Html:
    if not visit.person.admin:
        return fill(
            '<p class="note">$title is not on this portal. An administrator installs it.</p>',
            title=sandbox.app.title,
        )
    return fill(template("install"), title=sandbox.app.title)


def _webhook(sandbox: Sandbox, hook: Webhook) -> Html:
    return row(
        sandbox.portal.users[hook.user_id].full_name,
        fill("<code>$address</code>", address=f"http://{sandbox.domain}{hook.path}"),
        ", ".join(sorted(hook.scopes)),
    )
