"""Connections that are given up, before a byte is sent, where the address may not be called."""

from __future__ import annotations

import socket
from collections.abc import Callable

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from stages.bitrix24 import errors
from stages.bitrix24.addresses import Addresses


def pools(addresses: Addresses) -> dict[str, type[HTTPConnectionPool]]:
    """Return urllib3's pools, by scheme, with connections that keep to these addresses."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _judged(self, super()._new_conn, addresses, encrypted=False)

    class Encrypted(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _judged(self, super()._new_conn, addresses, encrypted=True)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    return {"http": PlainPool, "https": EncryptedPool}


def _judged(
    connection: HTTPConnection,
    connect: Callable[[], socket.socket],
    addresses: Addresses,
    *,
    encrypted: bool,
) -> socket.socket:
    """Return the connected socket; raise AddressRefused where it may not be there.

    The name is looked up first, so that nobody in a private network is even knocked at. What
    counts is the peer: a name may lead somewhere else the next moment.
    """
    host = connection.host
    for address in _resolved(host, connection.port or 0):
        if not addresses.allow(host, address, encrypted=encrypted):
            raise errors.AddressRefused
    connected = connect()
    peer: str = connected.getpeername()[0]
    if not addresses.allow(host, peer, encrypted=encrypted):
        connected.close()
        raise errors.AddressRefused
    return connected


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return []  # connecting fails in the same way, and says how
    return [str(address[0]) for *_, address in found]
