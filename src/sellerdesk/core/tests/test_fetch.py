"""Fetching what strangers name: every way inside is shut, and nobody keeps us waiting or fills our memory."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore
import pytest

from sellerdesk.core import fetch

INSIDE = ("127.0.0.1", "2130706433", "0177.0.0.1", "017700000001", "0x7f000001", "0x7f.1", "127.1", "0", "0.0.0.0",
          "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
          "169.254.169.254", "[::ffff:169.254.169.254]", "100.64.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1",
          "224.0.0.1", "255.255.255.255", "[fe80::1]", "[fc00::1]", "localhost", "user:secret@127.0.0.1",
          "example.com@127.0.0.1", "127.0.0.1.", "127。0。0。1")


class Host(BaseHTTPRequestHandler):
    """A host that means no good."""

    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        kind, _slash, rest = self.path.lstrip("/").partition("/")
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"say_{kind}")(rest)

    def head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def say_good(self, _rest: str) -> None:
        self.head(200)
        self.wfile.write(b"picture")

    def say_hops(self, rest: str) -> None:
        """So many redirects, then the picture."""
        self.head(302, location=f"/hops/{int(rest) - 1}" if int(rest) > 1 else "/good")

    def say_to(self, rest: str) -> None:
        self.head(302, location=rest)

    def say_endless(self, _rest: str) -> None:
        self.head(200)
        while True:
            self.wfile.write(b"0" * 65536)

    def say_lying(self, _rest: str) -> None:
        self.head(200, content_length="7")
        self.wfile.write(b"0" * 10_000_000)

    def say_packed(self, _rest: str) -> None:
        self.head(200, content_encoding="gzip")
        self.wfile.write(b"\x1f\x8b")

    def say_drip(self, _rest: str) -> None:
        self.head(200)
        self.drip(b"0" * 1000)

    def say_slowhead(self, _rest: str) -> None:
        self.drip(b"HTTP/1.0 200 OK\r\n" + b"X-More: 1\r\n" * 1000)

    def drip(self, data: bytes) -> None:
        for at in range(len(data)):
            self.wfile.write(data[at:at + 1])
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The host above, taken for a public one; all other addresses are inside."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(fetch, "PORTS", {80, server.server_port})
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1")
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def refusal(url: str, **bounds: Any) -> str:
    with fetch.guarded_client() as client, pytest.raises(fetch.FetchFailed) as refused:
        fetch.get_bytes(client, url, **bounds)
    return refused.value.code


@pytest.mark.parametrize("name", INSIDE)
def test_E05_no_spelling_of_an_inner_address_is_reached(name, monkeypatch):
    def connected(*_: Any, **__: Any) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connected)

    assert refusal(f"http://{name}/") in ("fetch_private", "fetch_name", "fetch_scheme")


@pytest.mark.parametrize("name", ["127.0.0.1.nip.example", "10-0-0-1.sslip.example", "metadata.internal"])
def test_E05_a_name_that_leads_inside_is_not_followed(name, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.0.0.1", 80)),
                                                                 (10, 1, 6, "", ("::1", 80, 0, 0))])

    assert refusal(f"http://{name}/") == "fetch_private"


def test_E05_a_name_that_answers_anew_gains_nothing(monkeypatch):
    """The address that was judged is the one connected to: nobody asks for the name a second time."""
    answers = iter([[(2, 1, 6, "", ("93.184.216.34", 80))], [(2, 1, 6, "", ("127.0.0.1", 80))]])
    asked: list[str] = []
    reached: list[str] = []

    def resolve(name: str, *_: Any, **__: Any) -> Any:
        asked.append(name)
        return next(answers)

    def connect(_self: Any, host: str, *_: Any, **__: Any) -> Any:
        reached.append(host)
        raise httpcore.ConnectError("far away")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)

    assert refusal("http://rebinding.example/") == "fetch_failed"
    assert (asked, reached) == (["rebinding.example"], ["93.184.216.34"])


def test_E05_the_connected_socket_has_the_last_word(host, monkeypatch):
    looks = iter([True, False])
    monkeypatch.setattr(fetch, "is_public", lambda _address: next(looks))

    assert refusal(f"{host}/good") == "fetch_private"


def test_E05_redirects_are_three_and_each_is_looked_at(host):
    with fetch.guarded_client() as client:
        assert fetch.get_bytes(client, f"{host}/hops/3") == b"picture"
    assert refusal(f"{host}/hops/4") == "fetch_redirects"
    for inside in ("http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://10.0.0.1/"):
        assert refusal(f"{host}/to/{inside}") == "fetch_private", inside
    for odd in ("file:///etc/passwd", "gopher://x/", "ftp://x/"):
        assert refusal(f"{host}/to/{odd}") == "fetch_scheme", odd
    assert refusal(f"{host}/to/http://127.0.0.1:22/") == "fetch_port"


def test_E05_neither_memory_nor_patience_runs_out(host):
    assert refusal(f"{host}/endless", limit=1_000_000) == "fetch_too_large"
    assert refusal(f"{host}/packed") == "fetch_failed"
    assert refusal(f"{host}/drip", seconds=0.4) == "fetch_slow"
    assert refusal(f"{host}/slowhead", seconds=0.4) == "fetch_slow"
    with fetch.guarded_client() as client:
        assert fetch.get_bytes(client, f"{host}/lying") == b"0000000"


def test_E05_proxies_of_the_environment_are_not_asked(host, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.9.9.9:3128")

    with fetch.guarded_client() as client:
        assert fetch.get_bytes(client, f"{host}/good") == b"picture"
