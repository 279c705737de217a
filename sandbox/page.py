"""The sandbox's own page: plain HTML, no script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from sandbox.entities import User, Webhook
from sandbox.envelope import HTML_TYPE, Reply
from sandbox.faults import NAMES
from sandbox.portal import Portal
from sandbox.requestlog import RequestRecord
from sandbox.switches import BUCKETS, LANGUAGES, Switch

if TYPE_CHECKING:
    from sandbox.server import Sandbox

STYLE_PATH = "/sandbox.css"
SHOWN_REQUESTS = 50
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
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

_HERE = Path(__file__).parent


def overview(sandbox: Sandbox) -> Reply:
    """Show the company, its webhooks, the switches, the faults and the last requests."""
    names = {user.id: user.full_name for user in sandbox.portal.users.values()}
    recent = reversed(sandbox.requests[-SHOWN_REQUESTS:])
    armed = ", ".join(fault.name for fault in sandbox.faults.armed())
    text = Template((_HERE / "page.html").read_text(encoding="utf-8")).substitute(
        app_url=escape(sandbox.app_url),
        people=len(sandbox.portal.users),
        groups=len(sandbox.portal.groups),
        tasks=len(sandbox.portal.tasks),
        everybody=_join(_person(user, sandbox.portal) for user in sandbox.portal.users.values()),
        webhooks=_join(_webhook(hook, sandbox.url, names) for hook in sandbox.portal.webhooks),
        switches=_join(_switch(*item) for item in sandbox.switches.as_dict().items()),
        armed=escape(f"Armed: {armed}" if armed else "No fault is armed."),
        fault_names=_options(NAMES, ""),
        requests=_join(_request(record, names) for record in recent),
    )
    return Reply(200, text.encode(), HTML_TYPE, dict(HEADERS))


def style() -> Reply:
    """Return the page's style sheet."""
    return Reply(200, (_HERE / "page.css").read_bytes(), "text/css; charset=utf-8")


def _person(user: User, portal: Portal) -> str:
    roles = {"A": 0, "E": 0, "K": 0}
    for group in portal.groups.values():
        if user.id in group.members:
            roles[group.members[user.id]] += 1
    name = escape(user.full_name) + (" (administrator)" if user.admin else "")
    position = escape(user.position) if user.active else "dismissed"
    cells = (user.id, name, position, *roles.values())
    return f"<tr>{_join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _webhook(webhook: Webhook, url: str, names: dict[int, str]) -> str:
    return _row(
        escape(names[webhook.user_id]),
        f"<code>{escape(url + webhook.path)}</code>",
        escape(", ".join(sorted(webhook.scopes))),
    )


def _switch(name: str, value: Switch) -> str:
    if isinstance(value, bool):
        state = "on" if value else "off"
        change = "off" if value else "on"
        control = f'<input type="hidden" name="{name}" value="{change}">'
        button = f"Turn {change}"
    else:
        state, button = str(value), "Set"
        options = _options(CHOICES[name], state)
        control = f'<select name="{name}" aria-label="{name}">{options}</select>'
    return (
        f"<li><strong>{name}</strong>: {escape(state)}<p>{escape(EXPLANATIONS[name])}</p>"
        f'<form method="post" action="/sandbox/switches">{control}'
        f'<button aria-label="{button}: {name}">{button}</button></form></li>'
    )


def _request(record: RequestRecord, names: dict[int, str]) -> str:
    commands = ", ".join(
        command.method if command.ok else f"{command.method} (refused)"
        for command in record.commands
    )
    outcome = " ".join(
        filter(None, [str(record.status or "no answer"), record.error, record.fault])
    )
    good = record.status == 200 and record.error is None
    return _row(
        escape(record.at[11:19]),
        f"<code>{escape(record.method)}</code>",
        escape(names.get(record.person or 0, "")),
        escape(commands),
        f'<span class="{"good" if good else "bad"}">{escape(outcome)}</span>',
    )


def _options(values: Iterable[str], chosen: str) -> str:
    return _join(
        f"<option{' selected' if value == chosen else ''}>{escape(value)}</option>"
        for value in values
    )


def _row(*cells: str) -> str:
    return f"<tr>{_join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _join(parts: Iterable[str]) -> str:
    return "".join(parts)
