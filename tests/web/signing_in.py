"""Signing in with Bitrix24: from our page to the portal, which is allowed to ask, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from sandbox.server import Sandbox
from tests.sandbox.pages import ask, fields, look
from tests.web.connecting import PAGE
from tests.web.test_board_pages import text

LENA = 2


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser takes to the portal, from the page that leads there."""

    path: str
    state: str
    page: str

    @property
    def goes_on_by_itself(self) -> bool:
        return 'http-equiv="refresh"' in self.page


def begin(browser: Client, portal: str = "") -> Question:
    page = text(browser.post(f"{PAGE}sign-in/", {"portal": portal}))
    found = re.search(r'href="([^"]+)" rel="noreferrer">Go on', page)
    assert found, page
    address = urlsplit(unescape(found[1]))
    asked = parse_qs(address.query)
    assert asked.keys() == {"client_id", "state"}
    return Question(f"{address.path}?{address.query}", asked["state"][0], page)


def allow(app: Sandbox, question: Question, person: int = LENA) -> str:
    """Allow it on the portal and return the address to which it leads back."""
    given = fields(look(app, question.path, person))
    answer = ask(
        app, "/oauth/authorize/", person, client_id=given["client_id"], state=given["state"]
    )
    address = urlsplit(answer.headers["Location"])
    return f"{address.path}?{address.query}"


def come_back(browser: Client, address: str) -> Any:
    """Follow the portal's redirect, and ours from the app's one address to the sign-in's."""
    answer = browser.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{PAGE}signed-in/?")
    return browser.get(answer.headers["Location"])
