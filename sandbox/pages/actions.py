"""What forms and frames on the portal's pages ask it to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox import session
from sandbox.applications import Installation
from sandbox.envelope import Reply
from sandbox.oauth.tokens import ACCESS_SECONDS
from sandbox.pages.visit import Visit

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Form = Mapping[str, str]
APPLICATIONS = "/marketplace/"


def switch_person(sandbox: Sandbox, _visit: Visit, form: Form) -> Reply:
    """Sign somebody else in, and go back to where that was asked."""
    person = int(form["id"])
    if person not in sandbox.portal.users:
        raise ValueError("No such person")
    back = form.get("back", "/")
    back = back if back.startswith("/") and not back.startswith("//") else "/"
    return Reply(303, headers={"Location": back, "Set-Cookie": session.cookie(person)})


def install(sandbox: Sandbox, visit: Visit, _form: Form) -> Reply:
    """Put the application on the portal, and open its install page."""
    _require_admin(visit)
    found = sandbox.apps.of(sandbox.app.client_id) or sandbox.apps.add(sandbox.app)
    return _see(f"{APPLICATIONS}app/{found.id}/")


def update(sandbox: Sandbox, visit: Visit, _form: Form, app_id: int) -> Reply:
    """Bring a new version of the application."""
    _require_admin(visit)
    sandbox.apps.update(_found(sandbox, app_id), visit.person.id)
    return _see(APPLICATIONS)


def uninstall(sandbox: Sandbox, visit: Visit, form: Form, app_id: int) -> Reply:
    """Take the application off the portal, and have it clean up where that is ticked."""
    _require_admin(visit)
    sandbox.apps.uninstall(_found(sandbox, app_id), clean=form.get("clean") == "1")
    return _see(APPLICATIONS)


def installed(sandbox: Sandbox, visit: Visit, form: Form, app_id: int) -> Reply:
    """Note that the install page has done its work, as `installFinish` says."""
    if not visit.person.admin:
        return _json({"result": False})
    if form.get("v") == "N":
        _found(sandbox, app_id).finished = False
    else:
        sandbox.apps.finish(_found(sandbox, app_id), visit.person.id)
    return _json({"result": True})


def token(sandbox: Sandbox, visit: Visit, _form: Form, app_id: int) -> Reply:
    """Give the frame new tokens of whoever looks at the page, as `refreshAuth` asks."""
    pair = sandbox.apps.token(_found(sandbox, app_id), visit.person.id)
    if pair is None:
        return _json({"error": "user_access_error"})
    return _json(
        {"AUTH_ID": pair.access, "AUTH_EXPIRES": str(ACCESS_SECONDS), "REFRESH_ID": pair.refresh}
    )


def _found(sandbox: Sandbox, app_id: int) -> Installation:
    found = sandbox.apps.find(app_id)
    if found is None:
        raise ValueError("No such application")
    return found


def _require_admin(visit: Visit) -> None:
    if not visit.person.admin:
        raise PermissionError("Only an administrator of the portal may do that")


def _see(path: str) -> Reply:
    return Reply(303, headers={"Location": path})


def _json(value: Mapping[str, object]) -> Reply:
    return Reply(200, json.dumps(value).encode())
