"""Requests that belong to nobody."""

from __future__ import annotations

from sellerdesk.core.http.request import WebRequest

_PREFIXES = ("/media/", "/static/", "/healthz", "/readyz", "/favicon.ico",
             "/session/")


def is_quiet(request: WebRequest) -> bool:
    """Whether the answer is the same for everybody, so that the session need not be read."""
    return request.path.startswith(_PREFIXES)
