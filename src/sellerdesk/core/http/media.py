"""Stored pictures. Names are random, content types come from our own re-encoding, and nothing is ever executed."""

from __future__ import annotations

import mimetypes

from django.http import HttpRequest, HttpResponse

from sellerdesk.core import storage
from sellerdesk.core.errors import NotFound

PUBLIC_PREFIXES = ("pictures/",)


def media(request: HttpRequest, key: str) -> HttpResponse:
    """Product pictures are public, as in any shop window. Other prefixes are served by their own views."""
    if not key.startswith(PUBLIC_PREFIXES) or ".." in key:
        raise NotFound()
    kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
    response = HttpResponse(storage.open_bytes(key), content_type=kind)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
