"""A webhook's address is understood, and its code never shown."""

from __future__ import annotations

import pytest

from stages.bitrix24.auth import WebhookAuth

SECRET = "abc123def456"


@pytest.mark.parametrize(
    ("url", "base_url", "host"),
    [
        (f"https://p.bitrix24.com/rest/1/{SECRET}/", "https://p.bitrix24.com", "p.bitrix24.com"),
        (f" https://P.Bitrix24.com/rest/1/{SECRET} ", "https://p.bitrix24.com", "p.bitrix24.com"),
        (f"https://crm.test:8443/rest/1/{SECRET}/", "https://crm.test:8443", "crm.test"),
        (f"http://127.0.0.1:8001/rest/1/{SECRET}/", "http://127.0.0.1:8001", "127.0.0.1"),
        (f"http://localhost/rest/1/{SECRET}/", "http://localhost", "localhost"),
        (f"http://[::1]:80/rest/1/{SECRET}/", "http://[::1]:80", "::1"),
    ],
)
def test_an_address_is_parsed(url: str, base_url: str, host: str) -> None:
    auth = WebhookAuth.parse(url)
    assert (auth.base_url, auth.host, auth.user_id) == (base_url, host, 1)
    assert auth.sign("profile", {}).url == f"{base_url}/rest/1/{SECRET}/profile"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "begins with https"),
        (SECRET, "begins with https"),
        (f"ftp://p.test/rest/1/{SECRET}/", "begins with https"),
        (f"http://p.test/rest/1/{SECRET}/", "for this machine"),
        (f"http://127.0.0.1.p.test/rest/1/{SECRET}/", "for this machine"),
        (f"https:///rest/1/{SECRET}/", "names a host"),
        (f"https://a:{SECRET}@p.test/rest/1/{SECRET}/", "names a host"),
        (f"https://p.test:{SECRET}/rest/1/{SECRET}/", "begins with https"),
        (f"https://[p.test/rest/1/{SECRET}/", "begins with https"),
        (f"https://p test/rest/1/{SECRET}/", "names a host"),
        (f"https://p.test/rest/1/{SECRET}/profile.json", "nothing behind"),
        ("https://p.test/rest/1/", "form /rest/USER/CODE/"),
        (f"https://p.test/rest/{SECRET}/", "form /rest/USER/CODE/"),
        (f"https://p.test/rest/ann/{SECRET}/", "a person's number"),
        (f"https://p.test/rest/1/{SECRET}!/", "letters and digits"),
        (f"https://p.test/rest/1/{SECRET}/?auth={SECRET}", "nothing after"),
        (f"https://p.test/rest/1/{SECRET}/#{SECRET}", "nothing after"),
    ],
)
def test_a_wrong_address_is_refused_without_repeating_it(url: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as caught:
        WebhookAuth.parse(url)
    assert SECRET not in str(caught.value)
    assert caught.value.__context__ is None


def test_no_way_of_printing_shows_the_code() -> None:
    auth = WebhookAuth.parse(f"https://p.test/rest/1/{SECRET}/")
    request = auth.sign("profile", {"auth": SECRET})
    assert SECRET not in f"{auth} {auth!r} {auth!s} {request!r} {request}"
    assert str(auth) == "https://p.test/rest/1/***/"
