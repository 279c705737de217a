"""Groups: the list of those one sees, and the page of one with its tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import rights
from sandbox.entities import Group
from sandbox.envelope import Reply
from sandbox.pages import boards, frames, layout
from sandbox.pages.markup import Html, fill, join, row, template
from sandbox.pages.visit import Visit

if TYPE_CHECKING:
    from sandbox.server import Sandbox

TAB, TOOLBAR, TASKS_TOOLBAR = (
    "SONET_GROUP_DETAIL_TAB",
    "SONET_GROUP_TOOLBAR",
    "TASK_GROUP_LIST_TOOLBAR",
)
ROLES = {"A": "owner", "E": "moderator", "K": "member", None: ""}


def index(sandbox: Sandbox, visit: Visit) -> Reply:
    """List the groups that the visitor sees."""
    rows = join(
        row(
            fill('<a href="/workgroups/group/$id/">$name</a>', id=group.id, name=group.name),
            ROLES[rights.role(sandbox.portal, visit.person, group.id)],
            sandbox.portal.users[group.owner_id].full_name,
            len(group.members),
            "archived" if group.closed else group.kind,
        )
        for group in sandbox.portal.groups.values()
        if rights.sees_group(visit.person, group)
    )
    return layout.page(sandbox, visit, "Groups", fill(template("groups"), rows=rows))


def about(sandbox: Sandbox, visit: Visit, group_id: int) -> Reply:
    """Show who belongs to a group."""
    group = _seen(sandbox, visit, group_id)
    if group is None:
        return layout.not_found(sandbox, visit)
    rows = join(
        row(
            fill(
                '<a href="/company/personal/user/$id/">$name</a>',
                id=user_id,
                name=sandbox.portal.users[user_id].full_name,
            ),
            ROLES[role],
        )
        for user_id, role in group.members.items()
    )
    body = fill(template("members"), rows=rows)
    return layout.page(sandbox, visit, group.name, _with_tabs(sandbox, visit, group, body))


def tasks(sandbox: Sandbox, visit: Visit, group_id: int) -> Reply:
    """Show the board of a group as the portal has it, with what applications put above it."""
    group = _seen(sandbox, visit, group_id)
    if group is None:
        return layout.not_found(sandbox, visit)
    if not rights.reads_tasks(sandbox.portal, visit.person, group_id):
        body = fill("<p>$name may not see the tasks here.</p>", name=visit.person.full_name)
    else:
        options = f"GROUP_ID={group_id}"
        body = join(
            (
                buttons(sandbox, visit, TASKS_TOOLBAR, options),
                boards.board(sandbox, visit, "G", group_id),
            )
        )
    return layout.page(sandbox, visit, group.name, _with_tabs(sandbox, visit, group, body))


def tab(sandbox: Sandbox, visit: Visit, group_id: int, app_id: int, placement_id: int) -> Reply:
    """Show an application in a tab of the group."""
    group = _seen(sandbox, visit, group_id)
    for installation, placement in layout.bound(sandbox, visit.person, TAB):
        if group and (installation.id, placement.id) == (app_id, placement_id):
            framed = frames.frame(
                sandbox,
                visit,
                installation,
                placement=TAB,
                handler=placement.handler,
                options={"GROUP_ID": str(group_id), "URI": f"/workgroups/group/{group_id}/"},
            )
            body = _with_tabs(sandbox, visit, group, framed.html)
            return layout.page(sandbox, visit, group.name, body, apps=framed.origins)
    return layout.not_found(sandbox, visit)


def buttons(sandbox: Sandbox, visit: Visit, code: str, options: str = "") -> Html:
    """Return the buttons of a toolbar that open applications in a slider."""
    links = join(
        fill(
            '<a class="button" data-slider href="/marketplace/placement/$app/$id/$options">'
            "$title</a>",
            app=installation.id,
            id=placement.id,
            options=f"?{options}" if options else "",
            title=placement.title,
        )
        for installation, placement in layout.bound(sandbox, visit.person, code)
    )
    if not links:
        return links
    return fill('<div class="toolbar" role="group" aria-label="Tools">$links</div>', links=links)


def _seen(sandbox: Sandbox, visit: Visit, group_id: int) -> Group | None:
    group = sandbox.portal.groups.get(group_id)
    return group if group and rights.sees_group(visit.person, group) else None


def _with_tabs(sandbox: Sandbox, visit: Visit, group: Group, body: Html) -> Html:
    base = f"/workgroups/group/{group.id}/"
    tabs = [
        (base, "About"),
        (f"{base}tasks/", "Tasks"),
        *(
            (f"{base}app/{installation.id}/{placement.id}/", placement.title)
            for installation, placement in layout.bound(sandbox, visit.person, TAB)
        ),
    ]
    return fill(
        template("group"),
        name=group.name,
        kind="archived" if group.closed else group.kind,
        toolbar=buttons(sandbox, visit, TOOLBAR),
        tabs=join(
            fill(
                '<li><a href="$path"$mark>$title</a></li>',
                path=path,
                mark=Html(' aria-current="page"' if path == visit.path else ""),
                title=title,
            )
            for path, title in tabs
        ),
        body=body,
    )
