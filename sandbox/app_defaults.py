"""The application every sandbox knows from the start, for whoever starts the app beside it."""

from __future__ import annotations

CLIENT_ID = "local.5a6d0b0c8e1f42.70100001"
CLIENT_SECRET = "sandbox-app-secret-Zk3vQw8uNf2LrT6yXb1Hc9Pd4Ms7Gj0Ea5Ri8Uo2"
OAUTH_PATH = "/auth-server"


def oauth_url(port: int) -> str:
    """Return the base address of the authorization server, to which `/oauth/token/` is appended.

    Another name than the portal's `localhost`, since a real one is another host, too.
    """
    return f"http://127.0.0.1:{port}{OAUTH_PATH}"
