"""What developers want of a sandbox: webhooks, switches, faults, and what has been asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sandbox.entities import User
from sandbox.envelope import Reply
from sandbox.faults import NAMES
from sandbox.forgery import OPENINGS
from sandbox.pages import layout, market
from sandbox.pages.markup import Html, fill, join, options, row, template
from sandbox.pages.visit import Visit
from sandbox.portal import Portal
from sandbox.requestlog import RequestRecord
from sandbox.switches import BUCKETS, LANGUAGES, Switch

if TYPE_CHECKING:
    from sandbox.server import Sandbox

SHOWN_REQUESTS = 50
EXPLANATIONS = {
    "doc_variant": "An absent AFTER_ID counts as 0, so the stage moves to the start.",
    "doc_statuses": "Errors carry the HTTP statuses of the documentation.",
    "rpa_module": "The RPA module is installed.",
    "rpa_flat": "rpa.stage.get answers without the key “stage”.",
    "require_https": "Webhooks over plain HTTP are refused.",
    "operating_time": "Answers tell the operating time, as in the cloud.",
    "old_refresh_token": "A refresh token goes on working after it has been used.",
    "token_scope_app": "The authorization server answers the scope “app”.",
    "handler_hosts": "Placement handlers on localhost are refused, as in the cloud.",
    "omit": "What is left out of the form that opens an application.",
    "bucket": "How many requests are let through.",
    "language": "The language of error texts.",
}
CHOICES = {
    "omit": ("none", "APPLICATION_TOKEN,APPLICATION_SCOPE", "PLACEMENT_OPTIONS", "AUTH_ID"),
    "bucket": (*BUCKETS, "off"),
    "language": LANGUAGES,
}


def overview(sandbox: Sandbox, visit: Visit) -> Reply:
    """Show the webhooks, the company, the switches, the faults and the last requests."""
    portal = sandbox.portal
    names = {user.id: user.full_name for user in portal.users.values()}
    recent = reversed(sandbox.requests[-SHOWN_REQUESTS:])
    armed = ", ".join(fault.name for fault in sandbox.faults.armed())
    body = fill(
        template("developers"),
        people=len(portal.users),
        groups=len(portal.groups),
        tasks=len(portal.tasks),
        everybody=join(_person(user, portal) for user in portal.users.values()),
        webhooks=market.webhooks(sandbox),
        switches=join(_switch(*item) for item in sandbox.switches.as_dict().items()),
        armed=f"Armed: {armed}" if armed else "No fault is armed.",
        fault_names=options(NAMES),
        forgeries=join(
            fill(
                '<li><a href="/devops/forged/$number/">$kind</a></li>',
                number=number,
                kind=kind.replace("_", " "),
            )
            for number, kind in enumerate(OPENINGS)
        ),
        events=_or_nothing(
            row(
                fill("<code>$event</code>", event=delivery.event),
                fill("<code>$handler</code>", handler=delivery.handler),
                delivery.status or "no answer",
            )
            for delivery in reversed(sandbox.events.deliveries[-SHOWN_REQUESTS:])
        ),
        requests=_or_nothing(_request(record, names) for record in recent),
    )
    return layout.page(sandbox, visit, "Developers", body)


def _or_nothing(rows: Iterable[Html]) -> Html:
    return join(rows) or Html('<tr><td colspan="5">Nothing yet.</td></tr>')


def _person(user: User, portal: Portal) -> Html:
    roles = {"A": 0, "E": 0, "K": 0}
    for group in portal.groups.values():
        if user.id in group.members:
            roles[group.members[user.id]] += 1
    name = user.full_name + (" (administrator)" if user.admin else "")
    position = user.position if user.active else "dismissed"
    return row(user.id, name, position, *roles.values())


def _switch(name: str, value: Switch) -> Html:
    if isinstance(value, bool):
        state = "on" if value else "off"
        change = "off" if value else "on"
        button = f"Turn {change}"
        control = fill(
            '<input type="hidden" name="$name" value="$change">', name=name, change=change
        )
    else:
        state, button = value, "Set"
        control = fill(
            '<select name="$name" aria-label="$name">$options</select>',
            name=name,
            options=options(CHOICES[name], state),
        )
    return fill(
        template("switch"),
        name=name,
        state=state,
        explanation=EXPLANATIONS[name],
        control=control,
        button=button,
    )


def _request(record: RequestRecord, names: dict[int, str]) -> Html:
    commands = ", ".join(
        command.method if command.ok else f"{command.method} (refused)"
        for command in record.commands
    )
    outcome = " ".join(
        filter(None, [str(record.status or "no answer"), record.error, record.fault])
    )
    good = record.status == 200 and record.error is None
    return row(
        record.at[11:19],
        fill("<code>$method</code>", method=record.method),
        names.get(record.person or 0, ""),
        commands,
        fill(
            '<span class="$mood">$outcome</span>', mood="good" if good else "bad", outcome=outcome
        ),
    )
