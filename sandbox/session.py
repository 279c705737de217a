"""Who is signed in on the portal's own pages: a plain cookie, without a password."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from sandbox.incoming import HttpRequest

COOKIE = "sandbox_person"


def person_id(request: HttpRequest) -> int | None:
    """Return the id in the request's cookie, if it carries one."""
    try:
        morsel = SimpleCookie(request.headers.get("Cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return int(morsel.value) if morsel and morsel.value.isdecimal() else None


def cookie(person: int) -> str:
    """Return the header that signs the person in."""
    return f"{COOKIE}={person}; Path=/; HttpOnly; SameSite=Lax"
