"""One attempt over HTTP: pooled, bounded, and without a trace of the secret."""

from __future__ import annotations

import gzip
import logging
import socket
import ssl
import subprocess
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from stages.bitrix24 import envelope, errors
from stages.bitrix24.addresses import ANYWHERE
from stages.bitrix24.auth import SignedRequest, WebhookAuth
from stages.bitrix24.clock import SYSTEM, Clock, Deadline
from stages.bitrix24.command import Reply
from stages.bitrix24.transport import Transport
from tests.bitrix24 import server
from tests.bitrix24.clock import FakeClock
from tests.bitrix24.server import SECRET, Answer, Handler, Server, raw, result


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """Let silent servers go when the test is over."""
    event = threading.Event()
    yield event
    event.set()


def signed(url: str, **params: str) -> SignedRequest:
    return WebhookAuth.parse(url).sign("some.method", params)


def post(url: str, *, seconds: float = 5, clock: Clock = SYSTEM, **params: str) -> Reply:
    transport = Transport(addresses=ANYWHERE)
    try:
        answer = transport.post(signed(url, **params), Deadline.within(seconds, clock))
        return envelope.read(answer, now=clock.wall())
    finally:
        transport.close()


def failure(url: str, *, seconds: float = 5, clock: Clock = SYSTEM) -> errors.Bitrix24Error:
    """Return the error, having looked for the secret in everything it can print."""
    with pytest.raises(errors.Bitrix24Error) as caught:
        post(url, seconds=seconds, clock=clock)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    printed = "".join(traceback.format_exception(error))
    assert SECRET not in f"{printed} {error!r} {error} {vars(error)}"
    return error


def answering(*answers: Answer, seconds: float = 5, clock: Clock = SYSTEM) -> errors.Bitrix24Error:
    with Server(*answers) as portal:
        return failure(portal.webhook, seconds=seconds, clock=clock)


def test_parameters_go_as_json_in_utf8() -> None:
    with Server(result(1)) as portal:
        assert post(portal.webhook, title="看板 🚀 #1").result == 1
    assert portal.requests == [(f"/rest/1/{SECRET}/some.method", {"title": "看板 🚀 #1"})]
    assert portal.headers[0]["Content-Type"] == "application/json"


def test_a_text_that_is_no_text_is_never_sent() -> None:
    with Server(result(1)) as portal, pytest.raises(UnicodeEncodeError):
        post(portal.webhook, title="\ud800")
    assert portal.requests == []


def test_many_calls_share_a_connection() -> None:
    with Server(result(1)) as portal:
        transport = Transport(addresses=ANYWHERE)
        for _ in range(30):
            transport.post(signed(portal.webhook), Deadline.within(5, SYSTEM))
        transport.close()
    assert (len(portal.requests), portal.connections) == (30, 1)


def test_threads_share_the_connections() -> None:
    with Server(result(1)) as portal:
        transport = Transport(addresses=ANYWHERE)

        def call() -> None:
            for _ in range(10):
                transport.post(signed(portal.webhook), Deadline.within(5, SYSTEM))

        threads = [threading.Thread(target=call) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        transport.close()
    assert len(portal.requests) == 80
    assert portal.connections <= 8


def test_a_connection_the_portal_has_closed_meanwhile_is_replaced() -> None:
    def last(handler: Handler) -> None:
        result(1)(handler)
        handler.close_connection = True

    with Server(last) as portal:
        transport = Transport(addresses=ANYWHERE)
        for _ in range(3):
            assert transport.post(signed(portal.webhook), Deadline.within(5, SYSTEM)).status == 200
            assert portal.closed.acquire(timeout=5)
        transport.close()
    assert portal.connections == 3


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with Server(result(1)) as elsewhere:
        location = elsewhere.webhook.replace("127.0.0.1", "localhost")
        error = answering(raw("x" * 100, status, Location=location))
        assert elsewhere.requests == []
    assert isinstance(error, errors.PortalMoved)
    assert error.host == "localhost"


def test_cookies_are_not_kept() -> None:
    with Server(raw('{"result": 1}', Set_Cookie="PHPSESSID=1; path=/")) as portal:
        transport = Transport(addresses=ANYWHERE)
        for _ in range(2):
            transport.post(signed(portal.webhook), Deadline.within(5, SYSTEM))
        transport.close()
    assert all("Cookie" not in headers for headers in portal.headers)


def test_the_environment_does_not_redirect_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    with Server(result(1)) as portal:
        assert post(portal.webhook).result == 1


@pytest.mark.parametrize(
    "answer",
    [
        raw(b"x" * 10_000_001),
        raw(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip"),
    ],
    ids=["plain", "compressed"],
)
def test_an_endless_body_is_not_read(answer: Answer) -> None:
    assert isinstance(answering(answer), errors.UnexpectedAnswer)


def test_a_compressed_answer_is_read() -> None:
    with Server(raw(gzip.compress(b'{"result": 1}'), Content_Encoding="gzip")) as portal:
        assert post(portal.webhook).result == 1


@pytest.mark.parametrize("body", ["x", "x" * 100])
def test_a_broken_compression_is_an_unexpected_answer(body: str) -> None:
    assert isinstance(answering(raw(body, Content_Encoding="gzip")), errors.UnexpectedAnswer)


def test_nobody_listening_is_a_refused_connection() -> None:
    with Server(result(1)) as gone:
        url = gone.webhook
    assert isinstance(failure(url), errors.ConnectionRefused)


def test_no_such_host_is_a_refused_connection() -> None:
    url = f"https://no-such-host.invalid/rest/1/{SECRET}/"
    assert isinstance(failure(url), errors.ConnectionRefused)


def test_a_portal_that_does_not_speak_tls_may_have_heard_something() -> None:
    with Server(result(1)) as portal:
        url = portal.webhook.replace("http://127.0.0.1", "https://localhost")
        assert isinstance(failure(url), errors.ConnectionLost)
    assert portal.requests == []


def test_a_certificate_nobody_vouches_for_ends_it_before_anything_is_sent(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    openssl = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x"]
    subprocess.run([*openssl, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    portal = Server(result(1))
    portal.socket = context.wrap_socket(portal.socket, server_side=True)
    with portal:
        error = failure(portal.webhook.replace("http://127.0.0.1", "https://localhost"))
    assert isinstance(error, errors.CertificateRefused)
    assert error.did_not_run
    assert portal.requests == []


def test_a_host_that_takes_no_connections_times_out_before_anything_is_sent() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        error = failure(f"http://127.0.0.1:{port}/rest/1/{SECRET}/", seconds=0.2)
        for one in waiting:
            one.close()
    assert isinstance(error, errors.ConnectionTimedOut)
    assert error.did_not_run


def test_a_connection_closed_without_a_word_is_lost() -> None:
    assert isinstance(answering(server.hang_up), errors.ConnectionLost)


def test_half_an_answer_is_lost() -> None:
    assert isinstance(answering(server.half), errors.ConnectionLost)


def test_nonsense_instead_of_http_is_lost() -> None:
    def babble(handler: Handler) -> None:
        handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        handler.close_connection = True

    assert isinstance(answering(babble), errors.ConnectionLost)


def test_silence_is_no_answer_in_time(released: threading.Event) -> None:
    error = answering(server.silent_until(released), seconds=0.1)
    assert isinstance(error, errors.NoAnswerInTime)
    assert not error.did_not_run


def test_silence_in_the_middle_is_no_answer_in_time(released: threading.Event) -> None:
    answer = server.silent_until(released, after=b'{"result"')
    assert isinstance(answering(answer, seconds=0.1), errors.NoAnswerInTime)


def test_a_trickle_ends_with_the_time(clock: FakeClock, released: threading.Event) -> None:
    def trickle(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        clock.now += 60
        handler.wfile.write(b"{")
        released.wait(5)

    assert isinstance(answering(trickle, clock=clock), errors.NoAnswerInTime)


def test_the_log_does_not_have_the_secret(
    caplog: pytest.LogCaptureFixture, released: threading.Event
) -> None:
    caplog.set_level(logging.DEBUG)
    with Server(result(1), server.hang_up, server.silent_until(released)) as portal:
        post(portal.webhook, auth="t0ken")
        failure(portal.webhook)
        failure(portal.webhook, seconds=0.1)
        url = portal.webhook
    failure(url)
    assert "POST" in caplog.text
    assert SECRET not in caplog.text
    assert "t0ken" not in caplog.text
