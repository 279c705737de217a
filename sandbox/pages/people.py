"""People: the page of one, and the tasks of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.envelope import Reply
from sandbox.pages import boards, groups, layout
from sandbox.pages.markup import Html, fill
from sandbox.pages.visit import Visit

if TYPE_CHECKING:
    from sandbox.server import Sandbox

TASKS_TOOLBAR = "TASK_USER_LIST_TOOLBAR"


def profile(sandbox: Sandbox, visit: Visit, user_id: int) -> Reply:
    """Show who somebody is."""
    user = sandbox.portal.users.get(user_id)
    if user is None:
        return layout.not_found(sandbox, visit)
    body = fill(
        "<h1>$name</h1><p>$position</p>"
        '<p><a href="/company/personal/user/$id/tasks/">Tasks</a></p>',
        name=user.full_name,
        position=user.position if user.active else "dismissed",
        id=user.id,
    )
    return layout.page(sandbox, visit, user.full_name, body)


def tasks(sandbox: Sandbox, visit: Visit, user_id: int) -> Reply:
    """Show somebody's planner, with what applications put above it; another's is theirs alone."""
    user = sandbox.portal.users.get(user_id)
    if user is None:
        return layout.not_found(sandbox, visit)
    own = user is visit.person
    body = fill(
        "<h1>$title</h1>$toolbar$board",
        title="My tasks" if own else f"Tasks of {user.full_name}",
        toolbar=groups.buttons(sandbox, visit, TASKS_TOOLBAR, f"USER_ID={user_id}"),
        board=boards.board(sandbox, visit, "U", user_id)
        if own
        else Html("<p>A planner is seen by its own person only.</p>"),
    )
    return layout.page(sandbox, visit, "Tasks", body)
