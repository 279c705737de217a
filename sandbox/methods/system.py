"""Methods of the global scope: what this access may do, and on what portal."""

from __future__ import annotations

from datetime import datetime

from sandbox.errors import system
from sandbox.methods.base import Method
from sandbox.php import Json, to_text, truthy
from sandbox.process import Call
from sandbox.seed.clock import ZONE
from sandbox.seed.people import ALL_SCOPES

LICENSE = "en_ent10000"


def scope(call: Call) -> Json:
    """List the scopes granted to this access, or all of the portal."""
    if truthy(call.params.get("full")):
        return list(ALL_SCOPES)
    return [name for name in ALL_SCOPES if name in call.process.access.scopes]


def app_info(call: Call) -> Json:
    """Describe the application, or the webhook, which commands of a batch do not carry."""
    installation = call.process.access.installation
    if installation is not None:
        return {
            "ID": installation.id,
            "CODE": installation.app.client_id,
            "VERSION": installation.app.version,
            "STATUS": installation.app.status,
            "INSTALLED": installation.finished,
            "PAYMENT_EXPIRED": "N" if installation.paid else "Y",
            "DAYS": None,
            "LANGUAGE_ID": call.process.switches.language,
            "LICENSE": LICENSE,
            "LICENSE_TYPE": "ent10000",
            "LICENSE_FAMILY": "ent",
        }
    if call.in_batch:
        raise system("ACCESS_DENIED", detail="Application context required")
    return {"SCOPE": scope(call), "LICENSE": LICENSE}


def method_get(call: Call) -> Json:
    """Tell whether a method exists; those resolved dynamically seem not to."""
    name = to_text(call.params.get("name")).lower()
    exists = name in KNOWN_NAMES
    return {"isExisting": exists, "isAvailable": exists}


def server_time(_call: Call) -> Json:
    """Return the portal's clock."""
    return datetime.now(ZONE).isoformat(timespec="seconds")


METHODS = (
    Method("scope", scope),
    Method("app.info", app_info),
    Method("method.get", method_get),
    Method("server.time", server_time),
)
# task.stages.* and the other controller methods are missing from the cached description list.
KNOWN_NAMES = {
    "batch",
    "placement.bind",
    "placement.unbind",
    "placement.get",
    "placement.list",
    "event.bind",
    "event.unbind",
    "event.get",
    "profile",
    "user.admin",
    "user.current",
    "user.get",
    "user.search",
    "sonet_group.get",
    "sonet_group.user.get",
    "sonet_group.user.groups",
    "sonet_group.feature.access",
    *(method.name for method in METHODS),
}
