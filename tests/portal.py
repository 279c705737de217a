"""What the sandbox holds and has been asked, as tests compare it."""

from __future__ import annotations

from typing import Any

from sandbox.server import Sandbox
from stages.domain.board import Board

# Groups of the sandbox that tests rely on; Lena owns or moderates all of them.
RELAUNCH = 10  # Backlog, In progress, Review, Ready to ship, Done; Ada moderates, Max is a member
ROADMAP = 11  # twelve stages
CALENDAR = 12  # sixty stages
OFFICE = 13  # no stage yet
SUPPORT = 14  # untouched default stages, one of them stored without a title
RESEARCH = 15  # titles with all kinds of characters
LEADERS = 16  # secret
RELEASE = 22  # a scrum team


def titles(sandbox: Sandbox, key: str) -> list[str]:
    return [stage.title for stage in sandbox.portal.board(key)]


def ids(sandbox: Sandbox, key: str) -> list[int]:
    return [stage.id for stage in sandbox.portal.board(key)]


def stage_id(sandbox: Sandbox, key: str, title: str) -> int:
    return next(stage.id for stage in sandbox.portal.board(key) if stage.title == title)


def as_stored(sandbox: Sandbox, key: str) -> list[tuple[int, str, str]]:
    return [(stage.id, stage.title, stage.color) for stage in sandbox.portal.board(key)]


def as_read(board: Board) -> list[tuple[int, str, str]]:
    return [(stage.id, stage.title, stage.color.digits) for stage in board.stages]


def writes(sandbox: Sandbox) -> list[tuple[str, Any]]:
    """The writing commands the portal was sent, alone or in batches: method and parameters."""
    sent = []
    for record in sandbox.requests:
        sent.append((record.method.lower(), record.params))
        sent.extend((command.method.lower(), command.params) for command in record.commands)
    return [
        (method, params)
        for method, params in sent
        if method.startswith("task.stages.") and not method.endswith((".get", ".canmovetask"))
    ]
