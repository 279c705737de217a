"""Looking at the portal's pages as one of its people, without a browser."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

from sandbox.server import Sandbox
from tests.sandbox.oauth import ADA
from tests.sandbox.wire import FORM_TYPE, Answer, send


def look(portal: Sandbox, path: str, person: int = ADA) -> Answer:
    return send(portal.url + path, headers={"Cookie": f"sandbox_person={person}"})


def ask(portal: Sandbox, path: str, person: int = ADA, **form: str) -> Answer:
    headers = {**FORM_TYPE, "Cookie": f"sandbox_person={person}", "Origin": portal.url}
    return send(portal.url + path, verb="POST", body=urlencode(form).encode(), headers=headers)


def fields(answer: Answer) -> dict[str, str]:
    """Return the hidden fields of the page's forms."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.body)
    return {name: unescape(value) for name, value in found}
