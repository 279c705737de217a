"""A portal as one person reaches it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings

from stages.bitrix24.addresses import Addresses
from stages.bitrix24.auth import Auth, TokenAuth, WebhookAuth
from stages.bitrix24.client import Client
from stages.bitrix24.clock import Deadline
from stages.domain.access import Grant
from stages.domain.actor import Actor
from stages.domain.board import BoardRef
from stages.models import Credential, Portal
from stages.services import portal_pace, reach, refusals, tokens

_MOST_KEPT = 200  # clients, the ones used last

_clients: dict[tuple[Auth, Addresses, int, str, float], Client] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Connection:
    """A portal, and a client that acts there with the rights of `person_id`, for `actor`.

    `id` is the credential's. `grant` is None where the credential is the actor's own.
    """

    id: int
    portal: Portal
    person_id: int
    client: Client
    actor: Actor
    grant: Grant | None = None

    def in_background(self) -> Connection:
        """Return the connection for work that nobody waits for: people's requests go first."""
        return replace(self, client=self.client.in_background())

    def probing(self) -> Connection:
        """Return the connection for somebody who tries again, whether the portal rests or not."""
        return replace(self, client=self.client.probing())

    def guarded(self, guard: Callable[[], None]) -> Connection:
        """Return this connection with a call of `guard` before each request that writes."""
        return replace(self, client=self.client.guarded(guard))

    def until(self, deadline: Deadline) -> Connection:
        """Return the connection for an operation that has to be over by then."""
        return replace(self, client=self.client.bounded(deadline))

    def board_key(self, ref: BoardRef) -> str:
        """Return what sets a board apart from all others of the portal; a planner is a person's."""
        return str(ref) if ref.entity_id else f"planner-{self.person_id}"


def use(*, credential: Credential, actor: Actor, grant: Grant | None = None) -> Connection:
    """Return the connection that a credential opens for a person, for one operation of theirs."""
    return Connection(
        id=credential.pk,
        portal=credential.portal,
        person_id=credential.person_id,
        client=_client(credential).underway(),
        actor=actor,
        grant=grant,
    )


def forget() -> None:
    """Close the clients and make new ones from now on, as after a change of settings."""
    with _lock:
        for client in _clients.values():
            client.close()
        _clients.clear()


def _auth(credential: Credential) -> Auth:
    match credential.kind:
        case Credential.Kind.SETTING:
            webhook: WebhookAuth | None = settings.BITRIX24_WEBHOOK
            if webhook is None:
                raise refusals.no_connection()
            return webhook
        case Credential.Kind.OAUTH:
            return TokenAuth(credential.portal.base_url, tokens.StoredTokens(credential.pk))
        case _:
            code = tokens.secret(credential)
            return WebhookAuth(credential.portal.base_url, credential.person_id, code)


def _client(credential: Credential) -> Client:
    """One client for each credential and process: it keeps the pooled connections.

    A credential that was replaced leaves no secret behind; a deleted one goes as others are used.
    """
    auth, portal, timeout = _auth(credential), credential.portal, settings.BITRIX24_TIMEOUT
    key = (auth, reach.addresses(), credential.pk, portal.plan, timeout)
    with _lock:
        client = _clients.pop(key, None) or Client(
            auth=auth,
            addresses=reach.addresses(),
            bucket=portal_pace.bucket(portal),
            gate=portal_pace.gate(credential),
            timeout=timeout,
        )
        # Dropped, not closed: somebody may be using one, and what nobody uses closes itself.
        for other in [one for one in _clients if one[2] == credential.pk]:
            del _clients[other]
        if len(_clients) >= _MOST_KEPT:
            del _clients[next(iter(_clients))]
        _clients[key] = client
        return client
