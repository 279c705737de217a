"""user.* and profile: who is who."""

from __future__ import annotations

from sandbox.entities import User
from sandbox.methods import filters
from sandbox.methods.base import Method
from sandbox.php import Array, Json, to_array, to_int, to_text
from sandbox.process import Call, Page
from sandbox.seed.clock import NOW

SCOPES = ("user", "user_basic", "user_brief")


def current(call: Call) -> Json:
    """Return the caller."""
    return _shown(call, call.person)


def get(call: Call) -> Page:
    """List people by filter; `sort` takes effect only together with `order`."""
    conditions = to_array(call.params.get("FILTER") or call.params.get("filter") or call.params)
    rows = filters.select([_row(user) for user in call.portal.users.values()], conditions)
    sort, order = call.params.get("sort"), call.params.get("order")
    if isinstance(sort, str) and isinstance(order, str):
        rows = filters.order(rows, {sort: order})
    return _page(call, rows)


def search(call: Call) -> Page:
    """Find active people by a word in their name or position."""
    conditions = to_array(call.params.get("FILTER") or call.params.get("filter") or call.params)
    rows = [_row(user) for user in call.portal.users.values() if user.active]
    find = to_text(conditions.get("FIND"))
    by_part: Array = {
        f"%{name}": conditions[name]
        for name in ("NAME", "LAST_NAME", "WORK_POSITION")
        if name in conditions
    }
    return _page(call, filters.select(rows, {**by_part, "%FIND": find} if find else by_part))


def admin(call: Call) -> Json:
    """Tell whether the caller is a portal administrator."""
    return call.person.admin


def profile(call: Call) -> Json:
    """Return the little anybody may know about themselves."""
    return {
        "ID": str(call.person.id),
        "ADMIN": call.person.admin,
        "NAME": call.person.name,
        "LAST_NAME": call.person.last_name,
        "PERSONAL_GENDER": "",
        "TIME_ZONE": "",
    }


def _page(call: Call, rows: list[filters.Row]) -> Page:
    users = call.portal.users
    page = filters.page(
        rows, call.start, lambda part: [_shown(call, users[to_int(row["ID"])]) for row in part]
    )
    return page if rows else Page([])  # an empty result has no total


def _row(user: User) -> filters.Row:
    return {
        "ID": user.id,
        "ACTIVE": user.active,
        "NAME": user.name,
        "LAST_NAME": user.last_name,
        "EMAIL": user.email,
        "WORK_POSITION": user.position,
        "UF_DEPARTMENT": user.department,
        "FIND": f"{user.full_name} {user.position}",
    }


def _shown(call: Call, user: User) -> Json:
    shown: dict[str, Json] = {
        "ID": str(user.id),
        "ACTIVE": user.active,
        "NAME": user.name,
        "LAST_NAME": user.last_name,
    }
    scopes = call.process.access.scopes
    if scopes & {"user", "user_basic"}:
        shown["EMAIL"] = user.email
    if "user" in scopes:
        shown["LAST_LOGIN"] = NOW.isoformat()
    return {
        **shown,
        "DATE_REGISTER": "2020-01-01T00:00:00+00:00",
        "IS_ONLINE": "Y" if user.id == call.person.id else "N",
        "LAST_ACTIVITY_DATE": NOW.strftime("%Y-%m-%d %H:%M:%S"),
        "PERSONAL_GENDER": "",
        "WORK_POSITION": user.position,
        "UF_DEPARTMENT": [user.department],
        "USER_TYPE": "employee",
    }


METHODS = (
    Method("user.current", current, SCOPES),
    Method("user.get", get, SCOPES),
    Method("user.search", search, SCOPES),
    Method("user.admin", admin),
    Method("profile", profile),
)
