"""placement.*: where an application shows in the portal's pages."""

from __future__ import annotations

from sandbox.applications import Installation, Placement
from sandbox.errors import RestError
from sandbox.methods import application
from sandbox.methods.base import Method
from sandbox.php import Array, Json, to_array, to_int, to_text, truthy
from sandbox.placements import PLACES, Place
from sandbox.process import Call

LANGUAGE_TEXTS = ("TITLE", "DESCRIPTION", "GROUP_NAME")


def bind(call: Call) -> Json:
    """Bind a handler to a placement."""
    installation = application.administered(call)
    values = application.parameters(call)
    code = application.required(values, "PLACEMENT").upper()
    handler = application.required(values, "HANDLER")
    if code == "DEFAULT":
        raise application.wrong_argument("PLACEMENT")
    place = _place(call, code)
    application.check_handler(call, handler)
    user_id = to_int(values.get("USER_ID"))
    if user_id and not place.personal:
        raise RestError("ERROR_PLACEMENT_USER_MODE", "User mode is not available.")
    same = [bound for bound in installation.placements if bound.code == code]
    if any((bound.handler, bound.user_id) == (handler, user_id) for bound in same):
        raise RestError("ERROR_CORE", "Unable to set placement handler: Handler already binded")
    if place.limit is not None and len(same) >= place.limit:
        raise RestError("ERROR_PLACEMENT_MAX_COUNT", f"Placement max count: {place.limit}")
    installation.placements.append(_placement(installation, code, handler, user_id, values))
    return True


def _place(call: Call, code: str) -> Place:
    place = PLACES.get(code)
    if place is None or (place.scope and place.scope not in call.process.access.scopes):
        raise RestError("ERROR_PLACEMENT_NOT_FOUND", "Placement not found")
    return place


def _placement(
    installation: Installation, code: str, handler: str, user_id: int, values: Array
) -> Placement:
    languages = to_array(values.get("LANG_ALL"))
    default = to_array(languages.get("en")) or to_array(next(iter(languages.values()), None))
    texts = {name: to_text(values.get(name) or default.get(name)) for name in LANGUAGE_TEXTS}
    return Placement(
        id=installation.next_id(),
        code=code,
        handler=handler,
        title=texts["TITLE"] or installation.app.title,
        description=texts["DESCRIPTION"],
        group_name=texts["GROUP_NAME"],
        lang_all=dict(languages),
        options=dict(to_array(values.get("OPTIONS"))),
        user_id=user_id,
    )


def unbind(call: Call) -> Json:
    """Remove handlers from a placement; the portal counts each of them twice."""
    installation = application.administered(call)
    values = application.parameters(call)
    code = application.required(values, "PLACEMENT").upper()
    handler = to_text(values.get("HANDLER"))
    leaving = [
        bound
        for bound in installation.placements
        if bound.code == code
        and (not handler or bound.handler == handler)
        and ("USER_ID" not in values or bound.user_id == to_int(values["USER_ID"]))
    ]
    installation.placements = [bound for bound in installation.placements if bound not in leaving]
    return {"count": 2 * len(leaving)}


def get(call: Call) -> Json:
    """List what the application has bound."""
    return [
        {
            "id": str(bound.id),
            "placement": bound.code,
            "userId": bound.user_id,
            "handler": bound.handler,
            "options": bound.options,
            "title": bound.title,
            "description": bound.description,
            "langAll": bound.lang_all,
        }
        for bound in application.administered(call).placements
    ]


def list_(call: Call) -> Json:
    """List the codes of one scope, of the application's scopes, or all with `FULL`."""
    application.administered(call)
    values = application.parameters(call)
    granted = {"", *call.process.access.scopes}
    if "SCOPE" in values:
        granted = {to_text(values["SCOPE"])}
    everything = truthy(values.get("FULL"))
    return [code for code, place in PLACES.items() if everything or place.scope in granted]


METHODS = (
    Method("placement.bind", bind, ("placement",), writes=True),
    Method("placement.unbind", unbind, ("placement",), writes=True),
    Method("placement.get", get, ("placement",)),
    Method("placement.list", list_, ("placement",)),
)
