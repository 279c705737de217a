"""The authorization server, which gives an app its tokens and says whose a token is.

https://apidocs.bitrix24.com/settings/oauth/index.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from stages.bitrix24 import envelope, errors, retry
from stages.bitrix24.addresses import PUBLIC, Addresses
from stages.bitrix24.auth import SignedRequest
from stages.bitrix24.authorization_errors import AuthorizationUnavailable
from stages.bitrix24.clock import SYSTEM, Clock, Deadline
from stages.bitrix24.command import JSONValue
from stages.bitrix24.payloads import oauth as payloads
from stages.bitrix24.payloads.oauth import Holder, Tokens
from stages.bitrix24.transport import Transport

# The app's secret goes there and nowhere else, whatever a portal or a browser says.
PUBLIC_SERVERS = ("https://oauth.bitrix.info", "https://oauth.bitrix24.tech")

T = TypeVar("T")
Decode = Callable[[Mapping[str, JSONValue]], T]

_NO_WORD = (
    errors.Unreachable,
    errors.UnexpectedAnswer,
    errors.PortalFault,
    errors.PortalMoved,
    errors.LimitExceeded,
)


@dataclass(frozen=True, slots=True)
class App:
    """An app as it is registered with Bitrix24."""

    client_id: str
    client_secret: str = field(repr=False)


def public_server(told: str) -> str:
    """Return the public server that was named, by host or address; the first where none was."""
    try:
        host = urlsplit(told if "//" in told else f"//{told}").hostname
    except ValueError:
        host = None
    known = {urlsplit(server).hostname: server for server in PUBLIC_SERVERS}
    return known.get(host, PUBLIC_SERVERS[0])


class AuthorizationServer:
    """The server at a base address, as one app asks it; threads share one.

    `timeout` is for a whole call in seconds, repetitions included.
    """

    def __init__(
        self,
        *,
        app: App,
        address: str,
        addresses: Addresses = PUBLIC,
        timeout: float = 10.0,
        clock: Clock = SYSTEM,
    ) -> None:
        self.app = app
        self.address = address.rstrip("/")
        self._timeout = timeout
        self._clock = clock
        self._transport = Transport(addresses=addresses)

    def __repr__(self) -> str:
        return f"<AuthorizationServer at {self.address}>"

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def exchange(self, *, code: str) -> Tokens:
        """Return the tokens for a code, which is good once and for 30 seconds."""
        return self._grant("authorization_code", code=code)

    def refresh(self, *, refresh_token: str) -> Tokens:
        """Return new tokens for old ones; the refresh token is new, too, and the old one spent."""
        return self._grant("refresh_token", refresh_token=refresh_token)

    def holder(self, *, access_token: str) -> Holder:
        """Tell whose a token is; raise CredentialsRefused for one that is not of this app."""
        found = self._ask("rest/app.info", {"auth": access_token}, payloads.holder)
        if found.client_id != self.app.client_id:
            raise errors.InvalidToken(description="a token of another app")
        return found

    def _grant(self, kind: str, **proof: str) -> Tokens:
        app = {"client_id": self.app.client_id, "client_secret": self.app.client_secret}
        return self._ask("oauth/token/", {"grant_type": kind, **app, **proof}, payloads.tokens)

    def _ask(self, path: str, form: Mapping[str, JSONValue], decode: Decode[T]) -> T:
        """Return what is answered; whatever is sent twice does no more than once.

        Where an answer got lost, so did the tokens in it. Asking again either brings new ones or
        tells that the person has to sign in again.
        """
        request = SignedRequest(f"{self.address}/{path}", form, as_form=True)
        deadline = Deadline.within(self._timeout, self._clock)
        repetitions = 0
        while True:
            try:
                answer = self._transport.post(request, deadline)
                return decode(envelope.document(answer, now=self._clock.wall()))
            except _NO_WORD as error:
                pause = retry.pause(
                    error, writes=False, repetitions=repetitions, patience=deadline.patience
                )
                if pause is None:
                    raise AuthorizationUnavailable(retry_after=error.retry_after) from error
            self._clock.sleep(pause)
            repetitions += 1
