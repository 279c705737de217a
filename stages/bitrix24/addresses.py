"""Where requests may go, judged by the address that answers and not by its name alone."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Public addresses over TLS, and beside them the named hosts, wherever they are.

    Without TLS a named host is called on this machine only. `anywhere` lifts all of this.
    """

    hosts: frozenset[str] = frozenset()
    anywhere: bool = False

    def allow(self, host: str, address: str, *, encrypted: bool) -> bool:
        """Tell whether the host may be called at the address that its name leads to."""
        if self.anywhere:
            return True
        named, found = host.lower() in self.hosts, ipaddress.ip_address(address)
        if not encrypted:
            return named and found.is_loopback
        return named or is_public(found)


ANYWHERE = Addresses(anywhere=True)
PUBLIC = Addresses()


def is_public(address: Address) -> bool:
    """Tell whether an address, and each that it stands for, is one of the open internet.

    Not loopback, private, shared, link-local, unspecified, reserved or multicast, in any notation.
    """
    return all(one.is_global and not one.is_multicast for one in _meant(address))


def _meant(address: Address) -> Iterator[Address]:
    """Yield the IPv4 addresses inside an IPv6 one, which some routes lead to, else itself."""
    inner: list[Address] = []
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            inner.append(address.ipv4_mapped)
        if address.sixtofour:
            inner.append(address.sixtofour)
        if address.teredo:
            inner.extend(address.teredo)
        if address in _NAT64 or int(address) < 2**32:  # the last is the old ::a.b.c.d
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    yield from inner or [address]
