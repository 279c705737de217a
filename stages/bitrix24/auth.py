"""How a request proves whom it comes from."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self
from urllib.parse import SplitResult, urlsplit

from stages.bitrix24.command import JSONValue
from stages.bitrix24.redact import MASK

_PATH = re.compile(r"/rest/([^/]+)/([^/]+)/?")
_USER_ID = re.compile(r"[1-9][0-9]{0,9}")
_CODE = re.compile(r"[A-Za-z0-9_-]{1,128}")
_HOST = re.compile(r"[^\s/@\\?#%]{1,253}")


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """Where to send what; both may hold secrets."""

    url: str = field(repr=False)
    body: Mapping[str, JSONValue] = field(repr=False)


class Auth(Protocol):
    """Credentials for one portal. An application's would put its token into the body."""

    @property
    def host(self) -> str: ...

    def sign(self, method: str, params: Mapping[str, JSONValue]) -> SignedRequest: ...


@dataclass(frozen=True, slots=True)
class WebhookAuth:
    """An inbound webhook: a secret code in the path, with the rights of the person who made it.

    https://apidocs.bitrix24.com/local-integrations/local-webhooks.html
    """

    base_url: str
    user_id: int
    _code: str = field(repr=False)

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
        return SignedRequest(f"{self.base_url}/rest/{self.user_id}/{self._code}/{method}", params)

    def __str__(self) -> str:
        return f"{self.base_url}/rest/{self.user_id}/{MASK}/"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        # Its message and context would quote what somebody pasted.
        host, port = "", None
        parts = urlsplit("")
    if parts.scheme not in ("https", "http"):
        raise ValueError("a webhook's address begins with https://")
    if port == 0 or not _HOST.fullmatch(host) or parts.username is not None:
        raise ValueError("a webhook's address names a host, and a port at most, after https://")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ValueError("a webhook's address begins with https://; http:// is for this machine")
    if parts.query or parts.fragment:
        raise ValueError("a webhook's address has nothing after its code")
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
