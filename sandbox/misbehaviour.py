"""What each fault that strikes a whole request does to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.envelope import Cut, Reply, document, html, refusal
from sandbox.errors import system
from sandbox.faults import Fault
from sandbox.incoming import HttpRequest
from sandbox.switches import Switches


@dataclass(frozen=True, slots=True)
class Scene:
    """A request under a fault: `work` does what was asked and returns the honest reply."""

    fault: Fault
    request: HttpRequest
    work: Callable[[], Reply]
    pause: Callable[[float], None]
    shut: Callable[[float | None], None]
    switches: Switches


def _refused(code: str) -> Callable[[Scene], Reply]:
    return lambda scene: refusal(system(code), scene.switches)


def _page(status: int, text: str) -> Callable[[Scene], Reply]:
    return lambda _scene: html(status, text)


def _reset_before(_scene: Scene) -> Reply:
    return Reply(0, cut=Cut.RESET)


def _reset_after(scene: Scene) -> Reply:
    scene.work()
    return Reply(0, cut=Cut.RESET)


def _half_answer(scene: Scene) -> Reply:
    reply = scene.work()
    reply.cut = Cut.HALF
    return reply


def _late_answer(scene: Scene) -> Reply:
    reply = scene.work()
    scene.pause(scene.fault.seconds)
    return reply


def _late_work(scene: Scene) -> Reply:
    """Wait without holding the portal, so that others' requests overtake this one."""
    scene.pause(scene.fault.seconds)
    return scene.work()


def _refused_next(scene: Scene) -> Reply:
    """Answer this request and refuse the connections after it: that is when a client knocks."""
    reply = scene.work()
    scene.shut(None if scene.fault.times is None else scene.fault.seconds)
    return reply


def moved(request: HttpRequest, host: str) -> Reply:
    """Answer as the old name of a renamed portal does."""
    reply = html(302, "Found")
    query = f"?{request.query}" if request.query else ""
    reply.headers["Location"] = f"{host.rstrip('/')}{request.path}{query}"
    return reply


def _no_time(scene: Scene) -> Reply:
    reply = scene.work()
    if reply.status == 200:
        envelope = json.loads(reply.body)
        envelope.pop("time", None)
        reply.body = json.dumps(envelope).encode()
    return reply


def _ok_error(scene: Scene) -> Reply:
    """Answer as methods do that return an error instead of throwing it."""
    error = system(scene.fault.code)
    reply = document(error.body(), status=200)
    reply.error = error.code
    return reply


BEHAVIOURS: dict[str, Callable[[Scene], Reply]] = {
    "limit": _refused("QUERY_LIMIT_EXCEEDED"),
    "server_error": _refused("INTERNAL_SERVER_ERROR"),
    "html": _page(502, "Bad Gateway"),
    "html_503": _page(503, "Service Temporarily Unavailable"),
    "html_200": _page(200, "Maintenance"),
    "expired_token": _refused("expired_token"),
    "html_500": _page(500, "Internal Server Error"),
    "refused": _refused_next,
    "reset_before": _reset_before,
    "reset_after": _reset_after,
    "half_answer": _half_answer,
    "late_answer": _late_answer,
    "late_work": _late_work,
    "moved": lambda scene: moved(scene.request, scene.fault.host),
    "no_time": _no_time,
    "ok_error": _ok_error,
    "slow": _late_answer,
}
