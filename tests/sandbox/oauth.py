"""Talking to the authorization server and with its tokens."""

from __future__ import annotations

from urllib.parse import urlencode

from sandbox.oauth.tokens import Pair
from sandbox.server import Sandbox
from tests.sandbox.wire import FORM_TYPE, Answer, Wire, send

ADA, LENA, MAX, DISMISSED = 1, 2, 3, 12


def pair(portal: Sandbox, user_id: int = LENA) -> Pair:
    """Return new tokens of a person, as opening the application gives them."""
    return portal.authority.issue(portal.installation, user_id)


def call(portal: Sandbox, token: str, method: str, **params: object) -> Answer:
    """Call the portal's REST with a token in the body, as vendors' clients do."""
    return Wire(f"{portal.url}/rest/").post(method, auth=token, **params)


def ask(portal: Sandbox, *, by: str = "POST", **params: str) -> Answer:
    """Ask the token endpoint."""
    url = f"{portal.oauth_url}/oauth/token/"
    if by == "GET":
        return send(f"{url}?{urlencode(params)}")
    return send(url, verb="POST", body=urlencode(params).encode(), headers=FORM_TYPE)


def refresh(portal: Sandbox, token: str, **changed: str) -> Answer:
    """Ask for new tokens with a refresh token."""
    params = {
        "grant_type": "refresh_token",
        "client_id": portal.app.client_id,
        "client_secret": portal.app.client_secret,
        "refresh_token": token,
    }
    return ask(portal, **{**params, **changed})


def exchange(portal: Sandbox, code: str, *, by: str = "POST", **changed: str) -> Answer:
    """Exchange a code for tokens."""
    params = {
        "grant_type": "authorization_code",
        "client_id": portal.app.client_id,
        "client_secret": portal.app.client_secret,
        "code": code,
    }
    return ask(portal, by=by, **{**params, **changed})


def app_info(portal: Sandbox, token: str) -> Answer:
    """Ask the authorization server whose a token is."""
    body = urlencode({"auth": token}).encode()
    url = f"{portal.oauth_url}/rest/app.info"
    return send(url, verb="POST", body=body, headers=FORM_TYPE)
