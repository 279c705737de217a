"""A portal's frame with the app in it, as a browser has one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from http.cookies import Morsel, SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, HttpResponseBase
from django.test import Client

from sandbox.opening import Opening

HOST = "127.0.0.1:8000"
ADA, LENA, MAX = 1, 2, 3  # administrator, owner of boards, plain member
PLAIN = "application/x-www-form-urlencoded"

_SESSION = re.compile(r'hx-headers=\'{"X-CSRFToken": "([^"]*)"}\'')


class Frame:
    """`answer` is what it shows; `cookies` tells whether the browser lets frames have any.

    A browser sends a cookie below its path alone; a frame that `heeds_paths` does so too.
    """

    def __init__(self, *, cookies: bool = True, heeds_paths: bool = False) -> None:
        self.cookies = cookies
        self.heeds_paths = heeds_paths
        self._client = Client(enforce_csrf_checks=True, headers={"host": HOST})
        self.answer = HttpResponse()
        self.portal = ""
        self.seen: list[Morsel[str]] = []  # every cookie of every answer

    def open(self, opening: Opening, **changed: str | None) -> HttpResponse:
        """Post the form that opens the app; a field that is changed to None is left out.

        Fields of the address are changed by their names, too.
        """
        self.portal = opening.domain
        parts = urlsplit(opening.url)
        query, fields = parts.query, dict(opening.fields)
        for name, value in changed.items():
            if name in ("DOMAIN", "PROTOCOL", "LANG", "APP_SID"):
                query = re.sub(rf"(?:^|&){name}=[^&]*", "", query)
                query += "" if value is None else f"&{name}={value}"
            elif value is None:
                fields.pop(name, None)
            else:
                fields[name] = value
        origin = f"http://{opening.domain}"
        return self._ask("post", f"{parts.path}?{query}", fields, origin=origin)

    @property
    def session(self) -> str:
        """What the page carries."""
        found = _SESSION.search(text(self.answer))
        assert found, text(self.answer)
        return unescape(found[1])

    def follow(self, path: str) -> HttpResponse:
        """Follow a plain link: a cookie is all that goes along."""
        return self._ask("get", path)

    def submit(self, path: str, fields: Mapping[str, Any]) -> HttpResponse:
        """Submit a plain form of the page, and follow where it leads."""
        hidden = {"csrfmiddlewaretoken": self.session}
        answer = self._ask("post", path, {**fields, **hidden}, origin=f"http://{HOST}")
        return self.follow(answer.headers["Location"]) if answer.status_code == 302 else answer

    def send(
        self, path: str, fields: Mapping[str, Any], *, session: str = "", cookies: bool = True
    ) -> HttpResponse:
        """Let a script of the page send an edit, with the page's session or another; it stays."""
        headers = {"HX-Request": "true", "X-CSRFToken": session or self.session}
        if not cookies:
            self._client.cookies.clear()
        return self._call("post", path, fields, {"Sec-Fetch-Dest": "empty", **headers})

    def post_with_cookie(
        self, path: str, fields: Mapping[str, Any], origin: str = f"http://{HOST}"
    ) -> HttpResponse:
        """Post a form into the frame that is none of its page's."""
        return self._ask("post", path, fields, origin=origin)

    def visit(self, path: str) -> HttpResponse:
        """Open an address in a tab of its own; some browsers send the frame's cookies there."""
        return self._call("get", path, None, {"Sec-Fetch-Dest": "document"})

    def _ask(
        self, verb: str, path: str, fields: Mapping[str, Any] | None = None, origin: str = ""
    ) -> HttpResponse:
        headers = {"Sec-Fetch-Dest": "iframe"} | ({"Origin": origin} if origin else {})
        self.answer = self._call(verb, path, fields, headers)
        return self.answer

    def _call(
        self, verb: str, path: str, fields: Mapping[str, Any] | None, headers: dict[str, str]
    ) -> HttpResponse:
        post = {"data": urlencode(fields or {}, doseq=True), "content_type": PLAIN}
        how = post if verb == "post" else {"data": fields}
        kept = self._client.cookies
        if self.heeds_paths:
            below = {name: one for name, one in kept.items() if path.startswith(one["path"])}
            self._client.cookies = SimpleCookie(below)
        answer: HttpResponse = getattr(self._client, verb)(path, headers=headers, **how)
        self._client.cookies = SimpleCookie({**kept, **self._client.cookies})
        self.seen += answer.cookies.values()
        if not self.cookies:
            self._client.cookies.clear()
        return answer


def text(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def ancestors(answer: HttpResponseBase) -> str:
    """Who may frame the answer."""
    policy = answer.headers["Content-Security-Policy"]
    return next(
        part.strip().removeprefix("frame-ancestors ")
        for part in policy.split(";")
        if "frame-ancestors" in part
    )
