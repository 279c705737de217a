"""What the authorization server answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

import pydantic

from stages.bitrix24 import auth, errors
from stages.bitrix24.command import JSONValue
from stages.bitrix24.payloads import wire


@dataclass(frozen=True, slots=True)
class Tokens:
    """A pair of tokens of one person on one portal.

    `expires_in` is in seconds; `base_url` is the portal's, without a slash at its end; `user_id` is
    None and `server` empty where the server kept them back. `server` is a claim: nothing is to be
    sent there unchecked.
    """

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_in: int
    base_url: str
    member_id: str
    user_id: int | None
    server: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose an access token is: which person's, on which portal, of which app.

    `domain` is the portal's host as it calls itself, `base_url` where its REST interface is.
    """

    client_id: str
    user_id: int
    member_id: str
    domain: str
    base_url: str
    scopes: frozenset[str]
    status: str
    version: str


class _Tokens(wire.Record):
    access_token: Annotated[str, pydantic.Field(min_length=1)]
    refresh_token: Annotated[str, pydantic.Field(min_length=1)]
    expires_in: int = 3600
    client_endpoint: str
    server_endpoint: wire.Text = ""
    member_id: Annotated[str, pydantic.Field(min_length=1)]
    user_id: wire.Id | None = None


class _Install(wire.Record):
    domain: str
    client_endpoint: str
    member_id: Annotated[str, pydantic.Field(min_length=1)]
    status: wire.Text = ""
    version: wire.Text = ""


class _Holder(wire.Record):
    client_id: str
    user_id: wire.Id
    scope: wire.Text = ""
    install: _Install


_TOKENS = pydantic.TypeAdapter(_Tokens)
_HOLDER = pydantic.TypeAdapter(_Holder)


def tokens(document: Mapping[str, JSONValue]) -> Tokens:
    found = wire.read(_TOKENS, document)
    return Tokens(
        access=found.access_token,
        refresh=found.refresh_token,
        expires_in=found.expires_in,
        base_url=_base_url(found.client_endpoint),
        member_id=found.member_id,
        user_id=found.user_id,
        server=found.server_endpoint,
    )


def holder(document: Mapping[str, JSONValue]) -> Holder:
    found = wire.read(_HOLDER, document.get("result"))
    return Holder(
        client_id=found.client_id,
        user_id=found.user_id,
        member_id=found.install.member_id,
        domain=found.install.domain.lower(),
        base_url=_base_url(found.install.client_endpoint),
        scopes=frozenset(filter(None, found.scope.split(","))),
        status=found.install.status,
        version=found.install.version,
    )


def _base_url(endpoint: str) -> str:
    try:
        return auth.portal_address(endpoint)
    except ValueError:
        wrong = "the portal's address is none"
    raise errors.UnexpectedAnswer(description=wrong)
