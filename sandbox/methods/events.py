"""event.*: what an application wants to hear of."""

from __future__ import annotations

from sandbox.applications import EventHandler
from sandbox.errors import RestError
from sandbox.methods import application
from sandbox.methods.base import Method
from sandbox.php import Json, to_int, to_text
from sandbox.process import Call

# There is no event for the stages of a board.
EVENTS = (
    "ONAPPINSTALL",
    "ONAPPUPDATE",
    "ONAPPUNINSTALL",
    "ONAPPPAYMENT",
    "ONAPPMETHODCONFIRM",
    "ONTASKADD",
    "ONTASKUPDATE",
    "ONTASKDELETE",
)


def bind(call: Call) -> Json:
    """Bind a handler to an event."""
    installation = application.installation(call)
    values = application.parameters(call)
    event = application.required(values, "EVENT").upper()
    handler = application.required(values, "HANDLER")
    if event not in EVENTS:
        raise RestError("ERROR_EVENT_NOT_FOUND", "Event not found")
    application.check_handler(call, handler)
    user_id = to_int(values.get("AUTH_TYPE"))
    if any(
        (bound.event, bound.handler, bound.user_id) == (event, handler, user_id)
        for bound in installation.handlers
    ):
        raise RestError("ERROR_CORE", "Unable to set event handler: Handler already binded")
    installation.handlers.append(EventHandler(installation.next_id(), event, handler, user_id))
    return True


def unbind(call: Call) -> Json:
    """Remove handlers from an event."""
    installation = application.installation(call)
    values = application.parameters(call)
    event = application.required(values, "EVENT").upper()
    handler = to_text(values.get("HANDLER"))
    leaving = [
        bound
        for bound in installation.handlers
        if bound.event == event and (not handler or bound.handler == handler)
    ]
    installation.handlers = [bound for bound in installation.handlers if bound not in leaving]
    return {"count": len(leaving)}


def get(call: Call) -> Json:
    """List what the application has bound."""
    return [
        {
            "event": bound.event,
            "handler": bound.handler,
            "auth_type": str(bound.user_id),
            "offline": 0,
        }
        for bound in application.installation(call).handlers
    ]


def events(_call: Call) -> Json:
    """List the events there are."""
    return list(EVENTS)


METHODS = (
    Method("event.bind", bind, writes=True),
    Method("event.unbind", unbind, writes=True),
    Method("event.get", get),
    Method("events", events),
)
