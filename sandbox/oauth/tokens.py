"""Codes and pairs of tokens, and how long they live."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from sandbox.applications import Installation

CODE_SECONDS = 30
ACCESS_SECONDS = 3600
REFRESH_SECONDS = 180 * 24 * 3600


@dataclass(slots=True)
class Code:
    """A promise of tokens, good for one exchange."""

    value: str
    installation: Installation
    user_id: int
    expires_at: float


@dataclass(slots=True)
class Pair:
    """An access token and the refresh token that came with it."""

    access: str
    refresh: str
    installation: Installation
    user_id: int
    scopes: frozenset[str]
    expires_at: float
    refresh_expires_at: float
    refreshed: bool = False


class Tokens:
    """Everything issued so far; not safe against threads by itself."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self.codes: dict[str, Code] = {}
        self.pairs: list[Pair] = []

    def now(self) -> float:
        """Return the server's time."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self._ahead += seconds

    def rewind(self) -> None:
        """Take back what has been advanced."""
        self._ahead = 0.0

    def issue_code(self, installation: Installation, user_id: int) -> Code:
        """Issue a code for a person who has agreed."""
        code = Code(secrets.token_hex(35), installation, user_id, self.now() + CODE_SECONDS)
        self.codes[code.value] = code
        return code

    def redeem(self, value: str) -> Code | None:
        """Take a code back; it is gone even when it comes too late."""
        code = self.codes.pop(value, None)
        return code if code and code.expires_at > self.now() else None

    def issue(self, installation: Installation, user_id: int) -> Pair:
        """Issue a pair with the scopes the application has at this moment."""
        now = self.now()
        pair = Pair(
            access=_token(now + ACCESS_SECONDS),
            refresh=_token(now + REFRESH_SECONDS),
            installation=installation,
            user_id=user_id,
            scopes=installation.app.scopes,
            expires_at=now + ACCESS_SECONDS,
            refresh_expires_at=now + REFRESH_SECONDS,
        )
        self.pairs.append(pair)
        return pair

    def by_access(self, value: str) -> Pair | None:
        """Return the pair of an access token, expired or not."""
        return next((pair for pair in self.pairs if pair.access == value), None)

    def by_refresh(self, value: str) -> Pair | None:
        """Return the pair of a refresh token, used or not."""
        return next((pair for pair in self.pairs if pair.refresh == value), None)

    def expire(self) -> None:
        """End the life of every access token."""
        for pair in self.pairs:
            pair.expires_at = min(pair.expires_at, self.now())

    def limit_scopes(self, scopes: frozenset[str]) -> None:
        """Give the access tokens issued so far these scopes."""
        for pair in self.pairs:
            pair.scopes = scopes


def _token(expires_at: float) -> str:
    """Seventy hex digits, the first eight of which tell when it expires, like live tokens."""
    return f"{int(expires_at):08x}{secrets.token_hex(31)}"
