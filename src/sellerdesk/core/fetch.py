"""Fetching what somebody else's address names, without becoming that somebody's arm inside our network.

The decision is made on the connected socket, after name resolution and for each redirect, so a name that resolves
differently the second time gains nothing. Only public addresses, only http and https, only their usual ports.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Unavailable

TIMEOUT_SECONDS = 10.0
MAX_BYTES = 10 * 1024 * 1024
MAX_REDIRECTS = 3
PORTS = {80, 443, 8080, 8443}
_HEADERS = {"User-Agent": "Sellerdesk/1 (+picture import)", "Accept-Encoding": "identity"}


class FetchFailed(Unavailable):
    """The address could not be fetched; the message says why in words for the person who gave it."""

    code = "fetch_failed"
    message = _("The address does not answer.")


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


class _Guard(httpcore.SyncBackend):
    """Connects to public addresses only: those the name resolves to are sifted, and the peer is looked at again."""

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
                    socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        if port not in PORTS:
            raise FetchFailed("fetch_port", _("Only the usual web ports can be fetched from."), field="url")
        try:
            found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        except OSError:
            raise FetchFailed("fetch_name", _("There is no such host as %(host)s."), field="url",
                              data={"host": host[:100]}) from None
        public = sorted(address for address in found if is_public(address))
        if not public:
            raise FetchFailed("fetch_private", _("The address leads into a private network."), field="url")
        stream = super().connect_tcp(public[0], port, timeout, local_address, socket_options)
        peer = stream.get_extra_info("socket").getpeername()[0]
        if not is_public(peer):
            stream.close()
            raise FetchFailed("fetch_private", _("The address leads into a private network."), field="url")
        return stream


class _GuardedTransport(httpx.HTTPTransport):
    def __init__(self) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=_Guard(), max_connections=4)


def guarded_client() -> httpx.Client:
    """A client that cannot reach private addresses. Redirects are not followed; `get_bytes` follows them, checked."""
    return httpx.Client(transport=_GuardedTransport(), timeout=TIMEOUT_SECONDS, follow_redirects=False,
                        trust_env=False, headers=_HEADERS)


def get_bytes(client: httpx.Client, url: str, *, limit: int = MAX_BYTES,
              seconds: float = TIMEOUT_SECONDS) -> bytes:
    """The body at an address, at most `limit` bytes, within `seconds` over all redirects. Raises FetchFailed."""
    ends = time.monotonic() + seconds
    target = httpx.URL("")
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
        raise FetchFailed("fetch_slow", _("The host took longer than %(seconds)s s."), field="url",
                          data={"seconds": round(seconds)}) from None
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError):
        raise FetchFailed(field="url", data={"host": target.host[:100]}) from None


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
            raise FetchFailed("fetch_slow", _("The host took longer than %(seconds)s s."), field="url",
                              data={"seconds": round(TIMEOUT_SECONDS)})
    return bytes(body)
