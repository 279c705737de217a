"""The connection through which a person reaches a portal."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from pyrate_limiter import InMemoryStateStore

from stages.bitrix24 import ratelimit
from stages.bitrix24.auth import WebhookAuth
from stages.bitrix24.client import Client
from stages.domain.board import BoardRef
from stages.services import refusals

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Connection:
    """A portal, and a client that acts with one person's rights there.

    `id` tells connections apart and is no secret; `portal_url` has no slash at its end.
    """

    id: str
    client: Client
    portal_url: str

    def board_name(self, ref: BoardRef) -> str:
        """Return what sets a board apart from those of other people and portals."""
        return f"{self.portal_url if ref.entity_id else self.id}/{ref}"


def current() -> Connection:
    """Return the installation's one connection; refuse where none is set."""
    if settings.BITRIX24_WEBHOOK is None:
        raise refusals.no_connection()
    return _connect(settings.BITRIX24_WEBHOOK, settings.BITRIX24_TIMEOUT)


def forget() -> None:
    """Make new connections from now on, as after a change of settings."""
    _connection.cache_clear()


def _connect(webhook: WebhookAuth, timeout: float) -> Connection:
    """One client for each webhook and process: it keeps the pooled connections and the bucket."""
    with _lock:  # a cache alone lets threads that come at once make one each
        return _connection(webhook, timeout)


@cache
def _connection(webhook: WebhookAuth, timeout: float) -> Connection:
    return Connection(
        id=f"{webhook.base_url}/{webhook.user_id}",
        client=Client(
            auth=webhook, bucket=ratelimit.LeakyBucket(store=InMemoryStateStore()), timeout=timeout
        ),
        portal_url=webhook.base_url,
    )
