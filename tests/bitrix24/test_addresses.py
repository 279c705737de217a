"""Where requests may go, and that the address which answers is the one that counts."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from stages.bitrix24 import envelope, errors
from stages.bitrix24.addresses import ANYWHERE, PUBLIC, Addresses
from stages.bitrix24.auth import SignedRequest, WebhookAuth
from stages.bitrix24.clock import SYSTEM, Deadline
from stages.bitrix24.transport import Transport
from tests.bitrix24.server import Server, result

PUBLIC_ONES = [
    "93.184.216.34",
    "8.8.8.8",
    "2606:2800:220:1::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]
OTHERS = {
    "this machine": ["127.0.0.1", "127.8.8.8", "::1"],
    "a private network": ["10.0.0.1", "172.16.0.1", "192.168.1.1", "fd00::1"],
    "shared by a provider": ["100.64.0.1"],
    "link-local": ["169.254.169.254", "fe80::1", "fe80::1%2"],
    "unspecified": ["0.0.0.0", "::"],
    "reserved": ["240.0.0.1", "255.255.255.255", "192.0.2.1"],
    "multicast": ["224.0.0.1", "239.1.1.1", "ff02::1"],
    "one of these in another notation": [
        "::ffff:127.0.0.1",
        "::ffff:a00:1",
        "::127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a9fe:a9fe",
        "2001:0:a00:1::f5ff:fffe",
    ],
}


def signed(webhook: str) -> SignedRequest:
    return WebhookAuth.parse(webhook).sign("some.method", {})


def call(portal: Server, addresses: Addresses, *, host: str = "127.0.0.1") -> Any:
    request = signed(portal.webhook.replace("127.0.0.1", host))
    transport = Transport(addresses=addresses)
    try:
        answer = transport.post(request, Deadline.within(5, SYSTEM))
        return envelope.read(answer, now=SYSTEM.wall()).result
    finally:
        transport.close()


@pytest.mark.parametrize("address", PUBLIC_ONES)
def test_a_public_address_is_called_over_tls_only(address: str) -> None:
    assert PUBLIC.allow("portal.example", address, encrypted=True)
    assert not PUBLIC.allow("portal.example", address, encrypted=False)


@pytest.mark.parametrize("address", [one for some in OTHERS.values() for one in some])
def test_any_other_address_is_called_only_where_the_host_is_named(address: str) -> None:
    assert not PUBLIC.allow("portal.example", address, encrypted=True)
    named = Addresses(hosts=frozenset({"portal.example"}))
    assert named.allow("Portal.Example", address, encrypted=True)
    assert not named.allow("portal.example.evil.example", address, encrypted=True)
    assert ANYWHERE.allow("portal.example", address, encrypted=False)


def test_a_named_host_is_called_without_tls_on_this_machine_only() -> None:
    named = Addresses(hosts=frozenset({"localhost"}))
    assert named.allow("localhost", "127.0.0.1", encrypted=False)
    assert not named.allow("localhost", "10.0.0.1", encrypted=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_nobody_is_knocked_at_where_a_portal_may_not_be(host: str) -> None:
    with Server(result(1)) as portal:
        with pytest.raises(errors.AddressRefused) as refused:
            call(portal, PUBLIC, host=host)
        assert portal.connections == 0
        assert call(portal, Addresses(hosts=frozenset({host})), host=host) == 1
    assert refused.value.did_not_run


def test_a_name_that_leads_elsewhere_the_next_moment_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    led_to = ["127.0.0.1", "93.184.216.34"]

    def rebinding(_host: str, port: int, *_rest: Any, **_more: Any) -> Any:
        """Resolve as the name server of somebody would who is out for a private network."""
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (led_to.pop(), port))]

    with Server(result(1)) as portal:
        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        webhook = f"https://rebinding.example:{portal.server_port}/rest/1/code/"
        transport = Transport()
        with pytest.raises(errors.AddressRefused):
            transport.post(signed(webhook), Deadline.within(5, SYSTEM))
        transport.close()
        assert led_to == []
        assert portal.requests == []


def test_a_host_without_an_address_is_told_as_before() -> None:
    transport = Transport()
    with pytest.raises(errors.ConnectionRefused):
        transport.post(signed("https://nowhere.invalid/rest/1/code/"), Deadline.within(5, SYSTEM))
    transport.close()
