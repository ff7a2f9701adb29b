"""Fetching what somebody else's address names, without becoming that somebody's arm inside our network.

The decision is made on the connected socket, after name resolution and for each redirect, so a name that resolves
differently the second time gains nothing. Only public addresses, only http and https, only their usual ports.
"""

from __future__ import annotations

import contextvars
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Unavailable

TIMEOUT_SECONDS = 10.0
MAX_BYTES = 10 * 1024 * 1024
MAX_REDIRECTS = 3
PORTS = {80, 443}
_HEADERS = {"User-Agent": "Sellerdesk/1 (+picture import)", "Accept-Encoding": "identity"}


class FetchFailed(Unavailable):
    """The address could not be fetched; the message says why in words for the person who gave it."""

    code = "fetch_failed"
    message = _("The address does not answer.")


#: What each refusal without figures of its own means, for whoever kept its code.
REASONS: Mapping[str, Any] = {
    "fetch_failed": FetchFailed.message,
    "fetch_port": _("Only the usual web ports can be fetched from."),
    "fetch_private": _("The address leads into a private network."),
    "fetch_scheme": _("The address must begin with https:// or http://."),
    "fetch_name": _("There is no such host."),
}


def is_public(address: str) -> bool:
    """Whether an IP address may be talked to: global, and not an IPv6 wrapping of an inner IPv4 address."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


# When the call under way must be over, by the monotonic clock.
_ends: contextvars.ContextVar[float] = contextvars.ContextVar("fetch_ends", default=float("inf"))


class _Timed(httpcore.NetworkStream):
    """A stream that ends with the whole call: a host that sends a byte now and then does not start the time anew."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _ends.get() - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return self._inner.read(max_bytes, min(left, TIMEOUT_SECONDS if timeout is None else timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Guard(httpcore.SyncBackend):
    """Connects to public addresses only: those the name resolves to are sifted, and the peer is looked at again.

    `inner` are networks of the installation's own that its operator has opened, on any port.
    """

    def __init__(self, ports: Iterable[int] | None = None, inner: Sequence[str] = ()) -> None:
        self._ports = frozenset(PORTS if ports is None else ports)
        self._inner = tuple(ipaddress.ip_network(text) for text in inner)

    def _may_reach(self, address: str, port: int) -> bool:
        if is_public(address):
            return port in self._ports
        try:
            ip = ipaddress.ip_address(address.split("%")[0])
        except ValueError:
            return False
        return any(ip.version == network.version and ip in network for network in self._inner)

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
                    socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        if port not in self._ports and not self._inner:
            raise FetchFailed("fetch_port", _("Only the usual web ports can be fetched from."), field="url")
        try:
            found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        except OSError:
            raise FetchFailed("fetch_name", _("There is no such host as %(host)s."), field="url",
                              data={"host": host[:100]}) from None
        open_to_us = sorted(address for address in found if self._may_reach(address, port))
        if not open_to_us:
            if port not in self._ports and any(map(is_public, found)):
                raise FetchFailed("fetch_port", _("Only the usual web ports can be fetched from."), field="url")
            raise FetchFailed("fetch_private", _("The address leads into a private network."), field="url")
        stream = super().connect_tcp(open_to_us[0], port, timeout, local_address, socket_options)
        peer = stream.get_extra_info("socket").getpeername()[0]
        if not self._may_reach(peer, port):
            stream.close()
            raise FetchFailed("fetch_private", _("The address leads into a private network."), field="url")
        return _Timed(stream)


class _GuardedTransport(httpx.HTTPTransport):
    def __init__(self, guard: _Guard, connections: int) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=guard, max_connections=connections)


def guarded_client(*, ports: Iterable[int] | None = None, inner: Sequence[str] = (), connections: int = 4
                   ) -> httpx.Client:
    """A client that cannot reach private addresses. Redirects are not followed; `get_bytes` follows them, checked.

    `inner` names networks of our own that may be reached all the same, on any port.
    """
    return httpx.Client(transport=_GuardedTransport(_Guard(ports, inner), connections), timeout=TIMEOUT_SECONDS,
                        follow_redirects=False, trust_env=False, headers=_HEADERS)


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody's server said. `whole` is false where the body was longer than we read."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool = True


def post(client: httpx.Client, url: str, body: bytes, headers: Mapping[str, str], *, limit: int,
         seconds: float) -> Answered:
    """Send bytes and read at most `limit` bytes of the answer, all within `seconds`; redirects are not followed.

    Raises FetchFailed: `fetch_slow` when time ran out, `fetch_scheme`, `fetch_name`, `fetch_port` and `fetch_private`
    for an address that is none of ours to call, `fetch_failed` for every other broken connection.
    """
    ends = time.monotonic() + seconds
    marker = _ends.set(ends)
    try:
        target = httpx.URL(url)
        if target.scheme not in ("http", "https") or not target.host:
            raise FetchFailed("fetch_scheme", _("The address must begin with https:// or http://."), field="url")
        with client.stream("POST", target, content=body, headers=dict(headers), timeout=seconds) as response:
            read = bytearray()
            for chunk in response.iter_raw():
                read += chunk
                if len(read) > limit:
                    return Answered(response.status_code, dict(response.headers), bytes(read[:limit]), whole=False)
            return Answered(response.status_code, dict(response.headers), bytes(read))
    except httpx.InvalidURL:
        raise FetchFailed("fetch_scheme", _("The address must begin with https:// or http://."), field="url") from None
    except (httpx.TimeoutException, httpcore.TimeoutException):
        raise _slow(seconds) from None
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError):
        # A name that is no name is a ValueError of the codec.
        if time.monotonic() >= ends:
            raise _slow(seconds) from None
        raise FetchFailed(field="url") from None
    finally:
        _ends.reset(marker)


def _slow(seconds: float) -> FetchFailed:
    return FetchFailed("fetch_slow", _("The host took longer than %(seconds)s s."), field="url",
                       data={"seconds": round(seconds)})


def get_bytes(client: httpx.Client, url: str, *, limit: int = MAX_BYTES,
              seconds: float = TIMEOUT_SECONDS) -> bytes:
    """The body at an address, at most `limit` bytes, within `seconds` over all redirects. Raises FetchFailed."""
    ends = time.monotonic() + seconds
    target = httpx.URL("")
    marker = _ends.set(ends)
    try:
        target = httpx.URL(url)
        for _step in range(MAX_REDIRECTS + 1):
            if target.scheme not in ("http", "https") or not target.host:
                raise FetchFailed("fetch_scheme", _("The address must begin with https:// or http://."), field="url")
            with client.stream("GET", target, timeout=max(0.1, ends - time.monotonic())) as response:
                if response.is_redirect and response.headers.get("location"):
                    target = target.join(response.headers["location"])
                    continue
                if response.status_code != 200:
                    raise FetchFailed("fetch_status", _("The host answered with status %(status)s."), field="url",
                                      data={"status": response.status_code})
                return _body(response, limit, ends)
        raise FetchFailed("fetch_redirects", _("The address redirects too often."), field="url")
    except httpx.InvalidURL:
        raise FetchFailed("fetch_scheme", _("The address must begin with https:// or http://."), field="url") from None
    except httpx.TimeoutException:
        raise _slow(seconds) from None
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError):
        raise FetchFailed(field="url", data={"host": target.host[:100]}) from None
    finally:
        _ends.reset(marker)


def post_json(url: str, body: Any, *, limit: int = 1024 * 1024, seconds: float = TIMEOUT_SECONDS) -> Any:
    """What a server that the operator named answers to a JSON body. It may lie inside the operator's own network, so
    the address must never come from anybody else. Raises FetchFailed."""
    ends = time.monotonic() + seconds
    try:
        with httpx.Client(timeout=seconds, follow_redirects=False, trust_env=False, headers=_HEADERS) as client, \
                client.stream("POST", url, json=body) as response:
            if not response.is_success:
                raise FetchFailed("fetch_status", _("The host answered with status %(status)s."), field="url",
                                  data={"status": response.status_code})
            return json.loads(_body(response, limit, ends))
    except httpx.TimeoutException:
        raise FetchFailed("fetch_slow", _("The host took longer than %(seconds)s s."), field="url",
                          data={"seconds": round(seconds)}) from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError):
        raise FetchFailed(field="url") from None


def _body(response: httpx.Response, limit: int, ends: float) -> bytes:
    body = bytearray()
    if response.headers.get("content-encoding", "identity") != "identity":
        # We asked for plain bytes; what comes packed may unpack to anything.
        raise FetchFailed(field="url")
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > limit:
            raise FetchFailed("fetch_too_large", _("The file is larger than %(limit)s MB."), field="url",
                              data={"limit": limit // (1024 * 1024)})
        if time.monotonic() > ends:
            raise _slow(TIMEOUT_SECONDS)
    return bytes(body)
