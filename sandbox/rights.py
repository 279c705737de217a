"""Who may see and do what on the portal."""

from __future__ import annotations

from sandbox.entities import Group, Role, Task, User
from sandbox.portal import Portal


def role(portal: Portal, person: User, group_id: int) -> Role | None:
    """Return the person's role in the group: A owner, E moderator, K member."""
    group = portal.groups.get(group_id)
    return group.members.get(person.id) if group else None


def sees_group(person: User, group: Group) -> bool:
    """Tell whether the group is listed for the person; secret ones only for members."""
    return group.access != "secret" or person.id in group.members


def reads_tasks(portal: Portal, person: User, group_id: int) -> bool:
    """Tell whether the person may view the group's tasks: members, or anyone if it is open."""
    group = portal.groups.get(group_id)
    return group is not None and (group.access == "open" or person.id in group.members)


def sorts_tasks(portal: Portal, person: User, group_id: int) -> bool:
    """Tell whether the person may move tasks between the group's stages: its members."""
    return role(portal, person, group_id) is not None


def manages_stages(portal: Portal, person: User, group_id: int) -> bool:
    """Tell whether the person may edit the group's stages: owner and moderators."""
    return role(portal, person, group_id) in ("A", "E")


def sees_task(portal: Portal, person: User, task: Task) -> bool:
    """Tell whether the task is listed for the person; administrators see all."""
    if person.admin or person.id in (task.created_by, task.responsible_id):
        return True
    return person.id not in task.hidden_from and reads_tasks(portal, person, task.group_id)
