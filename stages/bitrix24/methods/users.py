"""People. Scopes: user_brief, user_basic or user; none for `profile` and `user.admin`."""

from __future__ import annotations

from collections.abc import Sequence

from stages.bitrix24.command import Command
from stages.bitrix24.payloads import task_stages
from stages.bitrix24.payloads import users as payloads
from stages.domain.person import Me, Person

_PAGE_SIZE = 50


def get(*, ids: Sequence[int]) -> Command[tuple[Person, ...]]:
    """Read up to 50 people; those the portal does not show are left out.

    https://apidocs.bitrix24.com/api-reference/user/user-get.html
    """
    if not 0 < len(ids) <= _PAGE_SIZE:
        raise ValueError(f"between 1 and {_PAGE_SIZE} people at a time, not {len(ids)}")
    return Command("user.get", {"FILTER": {"ID": list(ids)}}, payloads.people)


def current() -> Command[Person]:
    """Read the connected person.

    https://apidocs.bitrix24.com/api-reference/user/user-current.html
    """
    return Command("user.current", {}, payloads.person)


def admin() -> Command[bool]:
    """Tell whether the connected person is an administrator of the portal.

    https://apidocs.bitrix24.com/api-reference/common/users/user-admin.html
    """
    return Command("user.admin", {}, task_stages.flag)


def profile() -> Command[Me]:
    """Read the connected person, whatever the scopes.

    https://apidocs.bitrix24.com/api-reference/common/users/profile.html
    """
    return Command("profile", {}, payloads.me)
