"""How a request proves whom it comes from."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self
from urllib.parse import SplitResult, urlsplit

from stages.bitrix24.clock import Deadline
from stages.bitrix24.command import JSONValue
from stages.bitrix24.redact import MASK

_PATH = re.compile(r"/rest/([^/]+)/([^/]+)/?")
_USER_ID = re.compile(r"[1-9][0-9]{0,9}")
_CODE = re.compile(r"[A-Za-z0-9_-]{1,128}")
_TOKEN = "auth"  # noqa: S105 -- the name of a parameter
_HOST = re.compile(r"[^\s/@\\?#%]{1,253}")


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """Where to send what, as JSON or as a form; both may hold secrets."""

    url: str = field(repr=False)
    body: Mapping[str, JSONValue] = field(repr=False)
    as_form: bool = False


class Auth(Protocol):
    """Credentials for one portal."""

    @property
    def host(self) -> str: ...

    def sign(self, method: str, params: Mapping[str, JSONValue]) -> SignedRequest: ...

    def renew(self, refused: SignedRequest, deadline: Deadline) -> bool:
        """Tell whether signing anew may help where the portal called what is signed expired.

        `deadline` is of the call, and of the operation that it is part of.
        """


@dataclass(frozen=True, slots=True)
class WebhookAuth:
    """An inbound webhook: a secret code in the path, with the rights of the person who made it.

    https://apidocs.bitrix24.com/local-integrations/local-webhooks.html
    """

    base_url: str
    user_id: int
    code: str = field(repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Return the webhook with this address, `https://HOST/rest/USER/CODE/`.

        Raises ValueError that says what is wrong and never repeats the address.
        """
        parts = _split(url.strip())
        match = _PATH.fullmatch(parts.path)
        if not match:
            raise ValueError("a webhook's path has the form /rest/USER/CODE/, nothing behind it")
        user_id, code = match.groups()
        if not _USER_ID.fullmatch(user_id):
            raise ValueError("the part of a webhook after /rest/ is a person's number")
        if not _CODE.fullmatch(code):
            raise ValueError("a webhook's code has letters and digits only")
        return cls(f"{parts.scheme}://{parts.netloc.lower()}", int(user_id), code)

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def encrypted(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    def sign(self, method: str, params: Mapping[str, JSONValue]) -> SignedRequest:
        return SignedRequest(f"{self.base_url}/rest/{self.user_id}/{self.code}/{method}", params)

    def renew(self, refused: SignedRequest, deadline: Deadline) -> bool:  # noqa: ARG002 -- a webhook never expires
        return False

    def __str__(self) -> str:
        return f"{self.base_url}/rest/{self.user_id}/{MASK}/"


class TokenSource(Protocol):
    """Where an access token is kept for all who use it."""

    def current(self) -> str: ...

    def renew(self, expired: str, deadline: Deadline) -> bool:
        """See to it that `current` is another token than this one; False where that cannot be."""


@dataclass(frozen=True, slots=True)
class GivenToken:
    """A token that nobody can renew."""

    token: str = field(repr=False)

    def current(self) -> str:
        return self.token

    def renew(self, expired: str, deadline: Deadline) -> bool:  # noqa: ARG002 -- a token that is given is not ours to renew
        return False


@dataclass(frozen=True, slots=True)
class TokenAuth:
    """An application that acts for a person, by access tokens.

    The token goes in the body, where no log of addresses shows it.
    """

    base_url: str
    tokens: TokenSource

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    def sign(self, method: str, params: Mapping[str, JSONValue]) -> SignedRequest:
        body = {**params, _TOKEN: self.tokens.current()}
        return SignedRequest(f"{self.base_url}/rest/{method}", body)

    def renew(self, refused: SignedRequest, deadline: Deadline) -> bool:
        return self.tokens.renew(str(refused.body[_TOKEN]), deadline)


def portal_address(url: str) -> str:
    """Return `https://HOST` of an address, in lower case and without a path.

    Raises ValueError that says what is wrong and never repeats the address.
    """
    parts = _split(url.strip())
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        # Its message and context would quote what somebody pasted.
        host, port = "", None
        parts = urlsplit("")
    if parts.scheme not in ("https", "http"):
        raise ValueError("the address begins with https://")
    if port == 0 or not _HOST.fullmatch(host) or parts.username is not None:
        raise ValueError("the address names a host, and a port at most, after https://")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ValueError("the address begins with https://; http:// is for this machine")
    if parts.query or parts.fragment:
        raise ValueError("the address has nothing after its path")
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
