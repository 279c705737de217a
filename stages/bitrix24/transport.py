"""HTTP: one attempt at one request, over pooled connections. Only this knows requests."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlencode

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import DecodeError, HTTPError, NewConnectionError, ReadTimeoutError

from stages.bitrix24 import connecting, errors
from stages.bitrix24.addresses import PUBLIC, Addresses
from stages.bitrix24.auth import SignedRequest
from stages.bitrix24.clock import Deadline
from stages.bitrix24.envelope import Answer
from stages.bitrix24.redact import RedactingFilter

_CONNECT_TIMEOUT = 3.05  # a little over 3 s, the pause before a lost packet is sent again
_CONNECTIONS = 16
_LARGEST_BODY = 10_000_000
_CHUNK = 65_536

# These write the path of every request, and so the webhook's code, into the log.
for _name in ("urllib3.connectionpool", "urllib3.util.retry", "urllib3.connection"):
    logging.getLogger(_name).addFilter(RedactingFilter())


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 -- none is followed
        # A redirect is an answer for us: following would turn POST into GET and take the secret
        # along, and requests reads its body whole before it asks whether to follow.
        return None


class _Adapter(HTTPAdapter):
    """Trusts what the machine trusts, beside what requests brings along, and keeps to addresses.

    A self-hosted portal's certificate may come from the company's own authority.
    """

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        super().__init__(pool_connections=1, pool_maxsize=_CONNECTIONS, max_retries=0)

    def init_poolmanager(self, *args: Any, **settings: Any) -> None:
        super().init_poolmanager(*args, **settings, ssl_context=ssl.create_default_context())
        self.poolmanager.pool_classes_by_scheme = connecting.pools(self._addresses)


class Transport:
    """Sends requests to one host; threads share one."""

    def __init__(self, *, addresses: Addresses = PUBLIC) -> None:
        self._session = _Session()
        self._session.trust_env = False  # no proxies, certificates or passwords from outside
        # The portal refuses a token that comes with the session cookie of somebody else.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = _Adapter(addresses)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def close(self) -> None:
        self._session.close()

    def post(self, request: SignedRequest, deadline: Deadline) -> Answer:
        """Send one request and return what is answered, or raise a Bitrix24Error."""
        try:
            return self._exchange(request, deadline)
        except (requests.RequestException, HTTPError) as failure:
            error = _named(failure)
        # Raised out here: the failure's text has the webhook's path in it, and an error raised
        # while it is handled would carry it along as its context.
        raise error

    def _exchange(self, request: SignedRequest, deadline: Deadline) -> Answer:
        content_type, body = _encoded(request)
        left = max(deadline.left, 0.001)
        with self._session.post(
            request.url,
            data=body,
            headers={"Content-Type": content_type},
            timeout=(min(_CONNECT_TIMEOUT, left), left),
            allow_redirects=False,
            stream=True,
        ) as response:
            return Answer(response.status_code, response.headers, _body(response, deadline))


def _encoded(request: SignedRequest) -> tuple[str, bytes]:
    if request.as_form:
        return "application/x-www-form-urlencoded", urlencode(request.body).encode()
    # Not requests' own JSON: it would escape half a surrogate pair, which the portal cannot
    # decode, and then it silently runs the method without any parameters.
    return "application/json", json.dumps(request.body, ensure_ascii=False).encode()


def _body(response: requests.Response, deadline: Deadline) -> bytes:
    body = bytearray()
    # `read1` returns with what has arrived, where `read` waits until the chunk is full: a portal
    # that trickles would keep it for as long as no single pause exceeds the timeout.
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > _LARGEST_BODY:
            raise errors.UnexpectedAnswer(
                status=response.status_code, description=f"more than {_LARGEST_BODY} bytes"
            )
        if not deadline.left:
            raise errors.NoAnswerInTime(status=response.status_code)
    return bytes(body)


def _named(failure: Exception) -> errors.Bitrix24Error:
    """Return the error for a failure; whatever may have been sent, may have been run."""
    causes = list(_causes(failure))
    if any(isinstance(cause, NewConnectionError) for cause in causes):
        return errors.ConnectionRefused()
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return errors.CertificateRefused()
    if isinstance(failure, requests.ConnectTimeout):
        return errors.ConnectionTimedOut()
    if any(isinstance(cause, requests.ReadTimeout | ReadTimeoutError) for cause in causes):
        return errors.NoAnswerInTime()
    if isinstance(failure, DecodeError):
        return errors.UnexpectedAnswer()
    return errors.ConnectionLost()


def _causes(failure: object) -> Iterator[object]:
    """Yield what an exception was made from; not its context, which may be about another call."""
    while isinstance(failure, Exception):
        yield failure
        failure = failure.__cause__ or next(iter(failure.args), None)
