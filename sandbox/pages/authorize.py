"""`/oauth/authorize/`: who is signed in lets an application act for them, outside any frame.

Neither an address to return to nor scopes are asked for: both stand in the application's form,
so the browser returns to its handler. What cannot be allowed is told here, without returning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sandbox.applications import Installation
from sandbox.envelope import Reply
from sandbox.pages import layout
from sandbox.pages.frames import origin_of
from sandbox.pages.markup import Html, fill, join, template
from sandbox.pages.visit import Visit

if TYPE_CHECKING:
    from sandbox.server import Sandbox


def question(sandbox: Sandbox, visit: Visit) -> Reply:
    """Ask whether the application may act as the person who is signed in."""
    found = _found(sandbox, visit, visit.query)
    if found is None:
        return _refused(sandbox, visit)
    body = fill(
        template("authorize"),
        title=found.app.title,
        name=visit.person.full_name,
        scopes=join(
            fill("<li><code>$scope</code></li>", scope=scope) for scope in sorted(found.app.scopes)
        ),
        client_id=found.app.client_id,
        state=visit.query.get("state", ""),
    )
    return layout.page(
        sandbox, visit, "Allow access", body, apps=[origin_of(found.app.handler_url)]
    )


def allow(sandbox: Sandbox, visit: Visit, form: Mapping[str, str]) -> Reply:
    """Return to the application with a code that is good once, for thirty seconds."""
    found = _found(sandbox, visit, form)
    if found is None:
        return _refused(sandbox, visit)
    query = urlencode(
        {
            "code": sandbox.authority.issue_code(found, visit.person.id).value,
            "state": form.get("state", ""),
            "domain": found.account.domain,
            "member_id": found.account.member_id,
            "scope": ",".join(sorted(found.app.scopes)),
            "server_domain": sandbox.authority.domain,
        }
    )
    separator = "&" if "?" in found.app.handler_url else "?"
    return Reply(303, headers={"Location": f"{found.app.handler_url}{separator}{query}"})


def _found(sandbox: Sandbox, visit: Visit, values: Mapping[str, str]) -> Installation | None:
    found = sandbox.apps.of(values.get("client_id", ""))
    return None if found is None or visit.person.id in found.without_access else found


def _refused(sandbox: Sandbox, visit: Visit) -> Reply:
    body = Html(
        "<h1>No access</h1><p>There is no such application on this portal, "
        "or you may not use it.</p>"
    )
    return layout.page(sandbox, visit, "No access", body, status=403)
